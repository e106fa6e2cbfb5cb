"""An unpacked image and a way to run it."""

import subprocess
from pathlib import Path

ENTER = Path(__file__).with_name("enter")


class Image:
    """The image's folder and the settings its engine would use."""

    def __init__(self, root, inspected):
        """`inspected` is what `buildah inspect --type image` prints."""
        self.root = root
        settings = inspected["OCIv1"]["config"]
        self.user = settings["User"]
        self.entrypoint = settings["Entrypoint"]
        self.workdir = settings["WorkingDir"]
        self.labels = settings["Labels"]
        self.environment = dict(entry.split("=", 1) for entry in settings["Env"])

    def command(self, *words, user=None, mounts=(), workdir=None, replace_entrypoint=False):
        """The command line that runs `words` inside; `mounts` are (host folder, folder inside) pairs."""
        line = [ENTER, "--user", user or self.user, "--workdir", workdir or self.workdir]
        for name, value in self.environment.items():
            line += ["--env", f"{name}={value}"]
        for host, inside in mounts:
            line += ["--mount", f"{host}:{inside}"]
        return [*map(str, line), str(self.root), *([] if replace_entrypoint else self.entrypoint), *words]

    def run(self, *words, **how):
        """Runs it to the end; returns what `subprocess.run` does, output as text."""
        return subprocess.run(self.command(*words, **how), capture_output=True, text=True, timeout=300)

    def shell(self, script, **how):
        """Runs a script with the image's /bin/sh in place of the entrypoint; it must succeed."""
        done = self.run("/bin/sh", "-c", script, replace_entrypoint=True, **how)
        assert done.returncode == 0, f"{script}: {done.returncode} {done.stderr}"
        return done.stdout

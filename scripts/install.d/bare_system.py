"""A bare system in a folder, and a way to run commands in it."""

import subprocess
from pathlib import Path

# Process 1 of a process tree and a mount table of its own; the network is the host's, so that the stand-in can be reached.
ENTER = """
mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && mount --bind /etc/resolv.conf "$1/etc/resolv.conf" || exit
exec chroot --userspec="$2" "$@"
""".replace('"$@"', '"$1" "${@:3}"')
# What installing and removing leaves behind in any case: lists, logs and caches of the package manager, and what the test writes itself.
NOT_COUNTED = ("proc", "dev", "sys", "tmp", "dist", "var/lib/dpkg", "var/lib/apt", "var/cache", "var/log", "etc/ld.so.cache")


class BareSystem:
    """An unpacked Debian."""

    def __init__(self, root):
        """`root` is the folder."""
        self.root = Path(root)
        (self.root / "etc/resolv.conf").touch()
        # What is only recommended, as the certificates, stays out: it would be all that stays when the package goes.
        settings = 'Acquire::Retries "3"; APT::Get::Assume-Yes "true"; APT::Install-Recommends "false";\n'
        (self.root / "etc/apt/apt.conf.d/test").write_text(settings)
        (self.root / "home/somebody").mkdir(exist_ok=True)
        (self.root / "home/somebody").chmod(0o777)

    def attempt(self, script, user="0:0", home="/root"):
        """Runs a shell script inside; returns what `subprocess.run` does, with both outputs in one text."""
        environment = ["env", "-i", f"HOME={home}", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
        inner = [*environment, "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", "/bin/sh", "-ec", script]
        command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", ENTER, "enter", self.root, user, *inner]
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600)

    def run(self, script, **how):
        """The same for a script that must succeed; returns what it said."""
        done = self.attempt(script, **how)
        assert done.returncode == 0, f"{script}\nended with {done.returncode}: {done.stdout}"
        return done.stdout

    def refuse(self, script, *words, **how):
        """The same for a script that must fail and say certain words."""
        done = self.attempt(script, **how)
        assert done.returncode != 0, f"{script}\nshould fail, and said: {done.stdout}"
        for word in words:
            assert word in done.stdout, f"{script}\nshould say {word!r}, and said: {done.stdout}"

    def files(self):
        """Every file and folder that installing something may leave behind."""
        pruned = [word for path in NOT_COUNTED for word in ("-path", f"./{path}", "-prune", "-o")]
        found = subprocess.run(["find", ".", "-xdev", *pruned, "-print"], cwd=self.root, capture_output=True, text=True, check=True)
        return {line for line in found.stdout.splitlines() if "__pycache__" not in line}

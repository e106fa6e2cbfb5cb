"""What is in the image, and how big it is."""

import json

MB = 1_000_000
LARGEST_IMAGE, LARGEST_BINARY = 40 * MB, 16 * MB


def check_sizes(root, layout):
    """The compressed layers as a registry stores them, and the binary."""
    manifest = json.loads(blob(layout, json.loads((layout / "index.json").read_text())["manifests"][0]).read_text())
    layers = [layer["size"] for layer in manifest["layers"]]
    binary = (root / "usr/local/bin/source-rocket-chat").stat().st_size
    print(f"image {sum(layers) / MB:.1f} MB compressed ({len(layers)} layers), binary {binary / MB:.1f} MB")
    assert sum(layers) <= LARGEST_IMAGE and binary <= LARGEST_BINARY


def blob(layout, descriptor):
    """The file of a descriptor in an OCI layout."""
    return layout / "blobs" / descriptor["digest"].replace(":", "/")


def check_contents(image):
    """User, entrypoint, labels, the tools the platform's wrapper needs, and none that build."""
    assert image.user.split(":")[0] == "1000", image.user
    assert image.shell("id -un").strip() == "airbyte", "uid 1000 has another name"
    assert image.entrypoint == [image.environment["AIRBYTE_ENTRYPOINT"]] and image.entrypoint[0].startswith("/usr/")
    assert {"io.airbyte.name", "io.airbyte.version"} <= set(image.labels), image.labels
    version = image.run("--version").stdout
    assert image.labels["io.airbyte.version"] in version, (image.labels, version)

    image.shell("command -v sleep mv cat && test -s /etc/ssl/certs/ca-certificates.crt && test -w /airbyte")
    left = image.shell("for tool in swift clang gcc cc ld as make git curl; do command -v $tool || true; done")
    assert not left.strip(), f"build tools left: {left.split()}"
    # Neither Debian's own tools nor what building left behind.
    assert not image.shell("ls -d /var/lib/apt /usr/bin /build /opt 2>/dev/null || true").strip()
    # Each package that files come from brings its licence, and so does what is linked into the binary.
    unlicensed = "cd /var/lib/dpkg/status.d && for package in *; do test -s /usr/share/doc/$package/copyright || echo $package; done"
    assert not image.shell(unlicensed).strip(), image.shell(unlicensed)
    assert len(image.shell("ls /var/lib/dpkg/status.d").split()) > 20, "packages are not listed"
    for text in ("MIT License", "Runtime Library Exception", "UNICODE LICENSE"):
        assert image.shell(f"cat /usr/share/doc/source-rocket-chat/* | grep -ci '{text}' || true").strip() != "0", f"no {text}"
    assert image.shell("test -s /usr/share/common-licenses/GPL-2 && echo there").strip() == "there"
    assert image.run("spec", user="4711:4711", workdir="/").returncode == 0, "spec fails under another user"
    print(f"{image.labels['io.airbyte.name']}:{image.labels['io.airbyte.version']} has what runners need")

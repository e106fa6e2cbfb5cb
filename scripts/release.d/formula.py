"""Prints the Homebrew formula: `formula.py VERSION ADDRESS SOURCE`, SOURCE being the archive of the source that it builds.

No Homebrew was there to run it: only Ruby has read it.
"""

import hashlib
import sys
from pathlib import Path

FORMULA = """\
class SourceRocketChat < Formula
  desc "Airbyte source for Rocket.Chat, and a runner that lands it in SQLite"
  homepage "{address}"
  url "{address}/releases/download/v{version}/{archive}"
  sha256 "{digest}"
  license "MIT"

  depends_on xcode: ["26.0", :build]
  depends_on macos: :sequoia

  uses_from_macos "curl"
  uses_from_macos "sqlite"

  def install
    system "swift", "build", "--disable-sandbox", "-c", "release", "--product", "source-rocket-chat"
    system "swift", "build", "--disable-sandbox", "-c", "release", "--product", "airbyte-run"
    bin.install ".build/release/source-rocket-chat", ".build/release/airbyte-run"
    inreplace Dir["packaging/man/*.1"], "@VERSION@", version.to_s
    man1.install Dir["packaging/man/*.1"]
    bash_completion.install "packaging/completions/source-rocket-chat.bash" => "source-rocket-chat"
    bash_completion.install "packaging/completions/airbyte-run.bash" => "airbyte-run"
    zsh_completion.install "packaging/completions/_source-rocket-chat", "packaging/completions/_airbyte-run"
  end

  test do
    assert_match version.to_s, shell_output("#{{bin}}/source-rocket-chat --version")
    assert_match "connectionSpecification", shell_output("#{{bin}}/source-rocket-chat spec")
  end
end
"""


def formula(version, address, source):
    """The text of the formula."""
    digest = hashlib.sha256(Path(source).read_bytes()).hexdigest()
    return FORMULA.format(version=version, address=address, archive=Path(source).name, digest=digest)


if __name__ == "__main__":
    print(formula(*sys.argv[1:]), end="")

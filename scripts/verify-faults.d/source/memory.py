"""What the source remembers from run to run."""

import os

from switches import on

GOOD_TOKEN = "good-token-4711"
# The one that proves the source makes the folder.
FOLDER = os.environ.get("FAKE_FOLDER", ".")
TOKEN_FILE = os.path.join(FOLDER, "token")


def newest_token():
    """The one token that is worth anything: the good one until it was exchanged."""
    if not on("rotates-token", "logs-the-new-token") or not os.path.exists(TOKEN_FILE):
        return GOOD_TOKEN
    with open(TOKEN_FILE, encoding="utf-8") as file:
        return file.read()


def remember_token(token):
    with open(TOKEN_FILE, "w", encoding="utf-8") as file:
        file.write(token)


def count_read():
    """The how manieth read this is."""
    with open(os.path.join(FOLDER, "reads"), "a+", encoding="utf-8") as file:
        file.write(".")
        return file.tell()

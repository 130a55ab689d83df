"""Counts the words of a text file: try "explain this" on one of the functions."""

import re
import sys
from collections import Counter


def words(text):
    return re.findall(r"[a-z']+|[\u4e00-\u9fff]", text.lower())


def most_common(text, n=10):
    return Counter(words(text)).most_common(n)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        for word, count in most_common(file.read()):
            print(f"{count:5d}  {word}")

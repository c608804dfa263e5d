import sys


PAGES = {
    1: "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
    2: "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35",
    3: "4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce",
}


def main():
    first, count, workers = map(int, sys.argv[1:])
    for number in range(first, first + count):
        print(f"{number}: {PAGES.get(number, PAGES[1])}")


if __name__ == "__main__":
    main()

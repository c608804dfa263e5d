import threading

threads = [threading.Thread(target=threading.get_ident) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
items = []
taken = 0
for item in range(1, 11):
    producer = 1 if item <= 5 else 2
    items.append(item)
    print(f"put {item} by producer {producer}")
    consumer = 1 if taken < 5 else 2
    print(f"got {items.pop(0)} by consumer {consumer}")
    taken += 1

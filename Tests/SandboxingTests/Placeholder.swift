import Foundation
import Sandboxing
import Testing

@Test func `first light`() async throws {
  for tier in IsolationTier.allCases {
    let sandbox = try await Sandbox(tier: tier)
    print("tier", sandbox.tier)
    let container = try await sandbox.makeContainer(ContainerConfiguration())
    let scripts = [
      "import threading,os; t=[threading.Thread(target=print,args=('hi',i)) for i in range(2)]; [x.start() for x in t]; [x.join() for x in t]; print(os.listdir('/'), os.getcwd(), os.getuid())",
      "while True: pass", "import threading; threading.Lock().acquire(); l=threading.Lock(); l.acquire(); l.acquire()",
      "x=bytearray(10**9)", "print('x'*3000000)", "import subprocess; subprocess.Popen(['/bin/sleep','100']); print('left')",
      "import multiprocessing as m\nwith m.Pool(2) as p: print(p.map(abs,[1,-2]))",
      "import os; os.kill(os.getpid(), 11)", "import os\nwhile True: os.fork()", "open('big','wb').write(b'x'*10**8)",
    ]
    for script in scripts {
      let started = ContinuousClock.now
      let result = try await container.run(
        Command(executable: "/usr/bin/python3", arguments: ["-c", script]), files: [],
        limits: Limits(wallTime: .seconds(2)), observation: Observation())
      print("----", script.prefix(60), result.termination, ContinuousClock.now - started)
      print(result.usage)
      print(result.leftovers, String(decoding: result.output.prefix(300), as: UTF8.self), String(decoding: result.errorOutput.suffix(300), as: UTF8.self))
    }
    await container.close()
  }
}

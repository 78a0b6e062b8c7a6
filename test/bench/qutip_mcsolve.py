"""The rival: QuTiP's mcsolve on figure 4's system in the ladder basis, the direct sum of spins with four jump
operators (Shammah et al., PRA 98, 063815). Prints units of trajectory time per second on all cores."""

import os
import time

import numpy as np
import qutip

N, gamma_1D, gamma_F = 18, 10.0, 1.0
omega = 0.73 * (N - 1) * gamma_1D / 4
spins = [N / 2 - b for b in range(N // 2 + 1)]
dims = [int(2 * j + 1) for j in spins]
first = np.concatenate([[0], np.cumsum(dims)])
size = int(first[-1])
collective, same, down, up, drive = (np.zeros((size, size)) for _ in range(5))
for b, j in enumerate(spins):
    for r in range(dims[b]):
        m, row = r - j, first[b] + r
        if r > 0:
            lower = np.sqrt((j + m) * (j - m + 1))
            collective[row - 1, row] = lower
            same[row - 1, row] = np.sqrt((N / 2 + 1) / (2 * j * (j + 1))) * lower
        if j > 0 and r > 1:
            down[first[b + 1] + r - 2, row] = np.sqrt((N / 2 + j + 1) * (j + m) * (j + m - 1) / (2 * j * (2 * j + 1)))
        if b > 0:
            up[first[b - 1] + r, row] = np.sqrt((N / 2 - j) * (j - m + 1) * (j - m + 2) / (2 * (j + 1) * (2 * j + 1)))
H = qutip.Qobj(omega * (collective + collective.T))
jumps = [qutip.Qobj(np.sqrt(rate) * op) for rate, op in [(gamma_1D, collective), (gamma_F, same), (gamma_F, down), (gamma_F, up)]]
S_z = qutip.Qobj(np.diag(np.concatenate([np.arange(d) - j for j, d in zip(spins, dims)])))
start = qutip.basis(size, 0)
length, count = 5.0, 8
options = qutip.Options(num_cpus=os.cpu_count())
began = time.time()
result = qutip.mcsolve(H, start, np.linspace(0, length, 21), jumps, [S_z], ntraj=count, options=options, progress_bar=None)
print(count * length / (time.time() - began))

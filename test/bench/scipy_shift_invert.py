"""lambda_1 by SciPy's shift-invert Arnoldi (ARPACK on SuperLU) on the same reduced matrix.

A line for each N: N, drive, lambda_1 / gamma, seconds, and the largest memory so far in MB.

The symmetric sector in the real gauge, off-diagonal elements weighted by sqrt 2; Gamma/gamma = 15.5, gamma = 1.
"""
import resource
import time

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as sl

POINTS = ((54, 0.7485772379), (90, 0.755), (110, 0.757))


def root(x):
    return np.sqrt(np.maximum(x, 0))


def liouvillian(N, drive):
    collective = 15.5 / (N - 1)
    individual = 1 - collective
    omega = drive * 15.5 / 4
    spins = [N / 2 - b for b in range(N // 2 + 1)]
    offsets = np.cumsum([0] + [int((2 * j + 1) * (j + 1)) for j in spins])
    rows, columns, values = [], [], []
    for b, j in enumerate(spins):
        r, c = np.tril_indices(int(2 * j) + 1)
        m, n = r - j, c - j
        weight = np.where(r == c, 1, np.sqrt(2))

        def couple(block, r1, c1, value):
            if not 0 <= block < len(spins):
                return
            dim = int(2 * spins[block]) + 1
            inside = (r1 >= 0) & (c1 >= 0) & (r1 < dim) & (c1 < dim)
            high, low = np.maximum(r1, c1)[inside], np.minimum(r1, c1)[inside]
            rows.append((offsets[b] + r * (r + 1) // 2 + c)[inside])
            columns.append(offsets[block] + high * (high + 1) // 2 + low)
            values.append((value * weight)[inside] / np.where(high == low, 1, np.sqrt(2)))

        def lower(m):
            return root((j + m) * (j - m + 1))

        def same(m):
            return root((N / 2 + 1) * (j + m) * (j - m + 1) / (2 * j * (j + 1))) if j else 0 * m

        def down(m):  # from j + 1
            k = j + 1
            return root((N / 2 + k + 1) * (k + m) * (k + m - 1) / (2 * k * (2 * k + 1)))

        def up(m):  # from j - 1
            k = j - 1
            return root((N / 2 - k) * (k - m + 1) * (k - m + 2) / (2 * (k + 1) * (2 * k + 1)))

        loss = collective / 2 * (lower(m) ** 2 + lower(n) ** 2) + individual / 2 * (N + m + n)
        couple(b, r, c, -loss)
        couple(b, r + 1, c, omega * lower(m + 1))
        couple(b, r - 1, c, -omega * lower(m))
        couple(b, r, c + 1, omega * lower(n + 1))
        couple(b, r, c - 1, -omega * lower(n))
        stay = collective * lower(m + 1) * lower(n + 1) + individual * same(m + 1) * same(n + 1)
        couple(b, r + 1, c + 1, stay)
        couple(b - 1, r + 2, c + 2, individual * down(m + 1) * down(n + 1))
        if j >= 1:
            couple(b + 1, r, c, individual * up(m + 1) * up(n + 1))
    entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    return sp.csc_matrix(entries, shape=(offsets[-1], offsets[-1]))


for N, drive in POINTS:
    L = liouvillian(N, drive)
    began = time.time()
    eigenvalues = sl.eigs(L, k=3, sigma=1e-3, return_eigenvectors=False)
    seconds = time.time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(N, drive, sorted(-eigenvalues.real)[1], seconds, memory, flush=True)

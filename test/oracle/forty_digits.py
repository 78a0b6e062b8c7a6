"""
Moments of the steady state to 40 digits, for the tests to hold proven bounds against: `python3 forty_digits.py < systems.json > moments.json`, both
lists by name. Kept as test/unit/proofs/forty-digits.json, for it takes mpmath and scipy.

Nothing here is taken from the lab's own code. The sparse matrix of L on rho = R + iB (R at rows r >= c, B at r > c, block by block) is factorised in
float64, and corrected with residuals of 50 digits until nothing changes.
"""

import json
import sys

import mpmath as mp
import numpy as np
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import splu

mp.mp.dps = 50


def solve(s):
    n = int(s["atoms"])
    rate = {name: mp.mpf(value) for name, value in s.items() if name not in ("atoms", "driveOverCritical")}
    half = mp.mpf(n) / 2
    spins = [half - b for b in range(n // 2 + 1)]
    complex_ = rate["detuning"] != 0 or rate["collectiveShift"] != 0
    place = {}
    for part in "RB" if complex_ else "R":
        for b, j in enumerate(spins):
            for r in range(int(2 * j) + 1):
                for c in range(r + (part == "R")):
                    place[part, b, r, c] = len(place)

    def low(j, m):
        return mp.sqrt((j + m) * (j - m + 1))

    # individual jumps: (name, step of m, {change of j: squared amplitude}, sign)
    def shares(j):
        return {
            0: (half + 1) / (2 * j * (j + 1)) if j > 0 else mp.mpf(0),
            -1: (half + j + 1) / (2 * j * (2 * j + 1)) if j > 0 else mp.mpf(0),
            1: (half - j) / (2 * (j + 1) * (2 * j + 1)),
        }

    jumps = {
        "gammaF": (-1, {0: lambda j, m: (j + m) * (j - m + 1), -1: lambda j, m: (j + m) * (j + m - 1), 1: lambda j, m: (j - m + 1) * (j - m + 2)}),
        "pumping": (1, {0: lambda j, m: (j - m) * (j + m + 1), -1: lambda j, m: (j - m) * (j - m - 1), 1: lambda j, m: (j + m + 1) * (j + m + 2)}),
        "dephasing": (0, {0: lambda j, m: m * m, -1: lambda j, m: (j + m) * (j - m), 1: lambda j, m: (j + m + 1) * (j - m + 1)}),
    }
    collective = {
        "gamma1D": (-1, lambda j, m: low(j, m)),
        "collectivePumping": (1, lambda j, m: low(j, -m)),
        "collectiveDephasing": (0, lambda j, m: m),
    }

    def amplitude(square, dj, j, m, name):
        root = mp.sqrt(shares(j)[dj] * square(j, m))
        return -root if name == "dephasing" and dj == 0 and m < 0 else root

    entries = []  # row, column, value

    def add(part, row, b, r, c, value):
        """value times element (r, c) of that part of block b enters the equation of `row`."""
        if r < c:
            r, c, value = c, r, value if part == "R" else -value
        column = place.get((part, b, r, c))
        if column is not None and value != 0:
            entries.append((row, column, value))

    decay = [[mp.mpf(0)] * (int(2 * j) + 1) for j in spins]
    kraus = []  # rate, b, b', step in rows, amplitudes by row
    for b, j in enumerate(spins):
        rows = range(int(2 * j) + 1)
        for name, (step, square) in jumps.items():
            for dj, f in square.items():
                if rate[name] == 0 or not 0 <= b - dj < len(spins):
                    continue
                k = [amplitude(f, dj, j, r - j, name) for r in rows]
                kraus.append((rate[name], b, b - dj, step + dj, k))
        for name, (step, f) in collective.items():
            if rate[name] != 0:
                kraus.append((rate[name], b, b, step, [f(j, r - j) for r in rows]))
    for g, b, _, _, k in kraus:
        for r, a in enumerate(k):
            decay[b][r] += g * a * a

    def level(b, r):
        j = spins[b]
        m = r - j
        return rate["collectiveShift"] * (j + m) * (j - m + 1) - rate["detuning"] * m

    into = [[] for _ in spins]
    for one in kraus:
        into[one[2]].append(one)
    omega = rate["omega"]
    for (part, b, r, c), row in place.items():
        j = spins[b]
        dim = int(2 * j) + 1
        a = lambda x: low(j, x - j) if 0 < x < dim else mp.mpf(0)
        for value, x, y in ((-omega * a(r), r - 1, c), (omega * a(r + 1), r + 1, c), (-omega * a(c), r, c - 1), (omega * a(c + 1), r, c + 1)):
            if 0 <= x < dim and 0 <= y < dim:
                add(part, row, b, x, y, value)
        add(part, row, b, r, c, -(decay[b][r] + decay[b][c]) / 2)
        for g, source, _, step, k in into[b]:
            x, y = r - step, c - step
            if 0 <= y and x < len(k):
                add(part, row, source, x, y, g * k[x] * k[y])
        if complex_:
            turn = level(b, r) - level(b, c)
            add("B" if part == "R" else "R", row, b, r, c, turn if part == "R" else -turn)

    # the trace in place of the first equation
    entries = [e for e in entries if e[0] != 0]
    entries += [(0, place["R", b, r, r], mp.mpf(1)) for b, j in enumerate(spins) for r in range(int(2 * j) + 1)]
    size = len(place)
    rows, columns, values = zip(*entries)
    matrix = csc_matrix((np.array([float(v) for v in values]), (rows, columns)), shape=(size, size))
    lu = splu(matrix)
    x = [mp.mpf(0)] * size
    for _ in range(40):
        rest = [mp.mpf(0)] * size
        rest[0] = mp.mpf(1)
        for row, column, value in entries:
            rest[row] -= value * x[column]
        largest = max(abs(v) for v in rest)
        if largest < mp.mpf(10) ** -45:
            break
        scale = mp.mpf(2) ** int(mp.log(largest, 2))
        step = lu.solve(np.array([float(v / scale) for v in rest]))
        x = [a + scale * mp.mpf(float(d)) for a, d in zip(x, step)]

    R = lambda b, r, c: x[place["R", b, r, c]]
    B = lambda b, r, c: x[place["B", b, r, c]] if complex_ else mp.mpf(0)
    moments = {name: mp.mpf(0) for name in ("Sx", "Sy", "Sz", "Sx2", "Sy2", "Sz2", "SxSy", "SxSz", "SySz")}
    for b, j in enumerate(spins):
        for r in range(int(2 * j) + 1):
            m = r - j
            p = R(b, r, r)
            moments["Sz"] += m * p
            moments["Sz2"] += m * m * p
            moments["Sx2"] += (j * (j + 1) - m * m) / 2 * p
            moments["Sy2"] += (j * (j + 1) - m * m) / 2 * p
            if r >= 1:
                moments["Sy"] -= low(j, m) * R(b, r, r - 1)
                moments["Sx"] -= low(j, m) * B(b, r, r - 1)
                moments["SySz"] -= (m - mp.mpf(1) / 2) * low(j, m) * R(b, r, r - 1)
                moments["SxSz"] -= (m - mp.mpf(1) / 2) * low(j, m) * B(b, r, r - 1)
            if r >= 2:
                two = low(j, m) * low(j, m - 1) / 2
                moments["Sx2"] -= two * R(b, r, r - 2)
                moments["Sy2"] += two * R(b, r, r - 2)
                moments["SxSy"] += two * B(b, r, r - 2)
    v = moments
    mean = mp.matrix([v["Sx"], v["Sy"], v["Sz"]])
    second = mp.matrix([[v["Sx2"], v["SxSy"], v["SxSz"]], [v["SxSy"], v["Sy2"], v["SySz"]], [v["SxSz"], v["SySz"], v["Sz2"]]])
    length = mp.sqrt((mean.T * mean)[0])
    flat = mp.sqrt(mean[1] ** 2 + mean[2] ** 2)
    u = mp.matrix([0, mean[2] / flat, -mean[1] / flat])
    w = mp.matrix([flat / length, -mean[0] * mean[1] / (flat * length), -mean[0] * mean[2] / (flat * length)])
    p, q, o = [(l.T * second * k)[0] for l, k in ((u, u), (w, w), (u, w))]
    moments["squeezing"] = n * ((p + q) / 2 - mp.sqrt(((p - q) / 2) ** 2 + o**2)) / length**2
    return {name: mp.nstr(value, 40) for name, value in moments.items()}


print(json.dumps({name: solve(system) for name, system in json.load(sys.stdin).items()}, indent=2))

"""
The slow end of Eq. (1)'s spectrum by dense numpy, for the tests to hold the lab against.

Systems come as JSON on standard input, [{"atoms", "gamma1D", "gammaF", "omega"}, ...]; on standard output comes one JSON list with a
truth for each (`truth` says its fields). An argument says how many eigenvalues of each sector are given, the slowest ones. Rates are in the unit of the input. Nothing here is taken from the lab's own code: the
amplitudes are those of Shammah et al., PRA 98, 063815, the matrix is dense, its eigenvalues are LAPACK's, and the vectors that matter
are refined with residuals in extended precision.
"""

import json
import sys

import numpy as np

LONG = np.longdouble
EPS = np.finfo(float).eps
# Eigenvalues that are refined, the slowest of each sector.
REFINED = {"symmetric": 3, "antisymmetric": 1}


def spins(atoms):
    """j from N/2 down."""
    return [LONG(atoms) / 2 - k for k in range(atoms // 2 + 1)]


def lowering(j):
    """S_- and m of one block, m from -j up."""
    m = np.arange(int(2 * j) + 1, dtype=LONG) - j
    return np.diag(np.sqrt((j + m[1:]) * (j - m[1:] + 1)), 1), m


def channels(atoms, j):
    """One atom's emission, summed over the atoms: matrices from block j to j, j - 1 and j + 1, lowering m by one."""
    n = LONG(atoms) / 2
    dimension = int(2 * j) + 1
    m = np.arange(dimension, dtype=LONG) - j
    same = np.zeros((dimension, dimension), LONG)
    down = np.zeros((max(dimension - 2, 0), dimension), LONG)
    up = np.zeros((dimension + 2, dimension), LONG)
    if j > 0:
        amplitude = np.sqrt((n + 1) * (j + m) * (j - m + 1) / (2 * j * (j + 1)))
        same[np.arange(dimension - 1), np.arange(1, dimension)] = amplitude[1:]
    if j >= 1:
        amplitude = np.sqrt((n + j + 1) * (j + m) * (j + m - 1) / (2 * j * (2 * j + 1)))
        # m - 1 in a block that begins at -(j - 1)
        down[np.arange(dimension - 2), np.arange(2, dimension)] = amplitude[2:]
    if j < n:
        amplitude = np.sqrt((n - j) * (j - m + 1) * (j - m + 2) / (2 * (j + 1) * (2 * j + 1)))
        # m - 1 in a block that begins at -(j + 1)
        up[np.arange(dimension), np.arange(dimension)] = amplitude
    return same, down, up


class Sector:
    """
    L on the real symmetric or the real antisymmetric matrices in every block (the drive along S_y, where L is real), in coordinates
    that are orthonormal in the Hilbert-Schmidt product. `blocks[a][b]` takes block b to block a.
    """

    def __init__(self, system, name):
        self.sign = 1 if name == "symmetric" else -1
        atoms = system["atoms"]
        self.spins = [j for j in spins(atoms) if self.sign > 0 or j > 0]
        self.sizes = [len(self.pairs(int(2 * j) + 1)[0]) for j in self.spins]
        self.offsets = np.concatenate([[0], np.cumsum(self.sizes)]).astype(int)
        self.unknowns = int(self.offsets[-1])
        if (atoms, name) not in Sector.parts:
            Sector.parts[atoms, name] = {rate: self.part(atoms, rate) for rate in ("omega", "gamma1D", "gammaF")}
        self.sums, self.blocks = {}, {}
        for rate, blocks in Sector.parts[atoms, name].items():
            for place, block in blocks.items():
                self.blocks[place] = self.blocks.get(place, 0) + LONG(system[rate]) * block

    # What each rate stands before, by the number of atoms and the sector: systems share it.
    parts = {}

    def part(self, atoms, rate):
        """The blocks of L where this rate is 1 and the others are 0."""
        pairs = [self.pairs(int(2 * j) + 1) for j in self.spins]
        blocks = {}
        for k, j in enumerate(self.spins):
            lower, m = lowering(j)
            one = np.eye(len(m), dtype=LONG)
            here = pairs[k]
            same, down, up = channels(atoms, j)
            drift, jump = {
                "omega": (lower - lower.T, None),
                "gamma1D": (-lower.T @ lower / 2, lower),
                "gammaF": (-np.diag(LONG(atoms) / 2 + m) / 2, same),
            }[rate]
            blocks[k, k] = self.product(drift, one, here, here) + self.product(one, drift, here, here)
            if jump is not None:
                blocks[k, k] += self.product(jump, jump, here, here)
            if rate == "gammaF" and k + 1 < len(self.spins):
                blocks[k + 1, k] = self.product(down, down, pairs[k + 1], here)
            if rate == "gammaF" and k > 0:
                blocks[k - 1, k] = self.product(up, up, pairs[k - 1], here)
        return blocks

    def pairs(self, dimension):
        return np.tril_indices(dimension, 0 if self.sign > 0 else -1)

    def product(self, left, right, to, of):
        """rho -> left rho right^T between coordinates of (anti)symmetric rho."""
        a, b = (index[:, None] for index in to)
        c, d = (index[None, :] for index in of)
        straight = left[a, c] * right[b, d]
        crossed = left[a, d] * right[b, c]
        # Half of the images of (c, d) and (d, c) for a coordinate of both; once where c = d.
        half = np.sqrt(LONG(1) / 2)
        weight = np.where(a == b, half, 1) * np.where(c == d, half, 1)
        return weight * (straight + self.sign * crossed)

    def dense(self):
        matrix = np.zeros((self.unknowns, self.unknowns))
        for (a, b), block in self.blocks.items():
            rows, columns = slice(*self.offsets[a : a + 2]), slice(*self.offsets[b : b + 2])
            matrix[rows, columns] = block
        return matrix

    def apply(self, vector, transposed=False):
        """Line by line over the elements that are not zero: they are few, and extended precision has no BLAS."""
        if transposed not in self.sums:
            self.sums[transposed] = self.sums_over(transposed)
        values, others, starts = self.sums[transposed]
        return np.add.reduceat(values * vector[others], starts)

    def sums_over(self, transposed):
        """The elements one row or, transposed, one column after the other, where in a vector each belongs, and where each line begins."""
        values, lines, others = [], [], []
        for (a, b), block in self.blocks.items():
            # The diagonal in any case: no line is empty.
            rows, columns = np.nonzero((block != 0) | (np.eye(*block.shape, dtype=bool) & (a == b)))
            values.append(block[rows, columns])
            places = [rows + self.offsets[a], columns + self.offsets[b]]
            lines.append(places[transposed])
            others.append(places[not transposed])
        values, lines, others = map(np.concatenate, (values, lines, others))
        order = np.argsort(lines, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(lines))[:-1]])
        return values[order], others[order], starts

    def unpacked(self, vector):
        """The matrices of a vector, one per block."""
        matrices = []
        for k, j in enumerate(self.spins):
            dimension = int(2 * j) + 1
            a, b = self.pairs(dimension)
            part = vector[self.offsets[k] : self.offsets[k + 1]]
            matrix = np.zeros((dimension, dimension), part.dtype)
            value = np.where(a == b, part, part * np.sqrt(LONG(1) / 2))
            matrix[a, b] = value
            matrix[b, a] = self.sign * value
            matrices.append(matrix)
        return matrices

    def packed(self, matrices):
        parts = []
        for matrix in matrices:
            a, b = self.pairs(len(matrix))
            parts.append(np.where(a == b, matrix[a, b], matrix[a, b] * np.sqrt(LONG(2))))
        return np.concatenate(parts)


class ShiftedInverse:
    """(L - shift)^-1 by elimination from block to block, in float64."""

    def __init__(self, sector, shift):
        self.sector, count = sector, len(sector.sizes)
        kind = complex if np.iscomplexobj(shift) else float
        self.inverses, reduced = [], None
        for k in range(count):
            diagonal = sector.blocks[k, k].astype(kind) - shift * np.eye(sector.sizes[k])
            if k > 0:
                diagonal -= self.block(k, k - 1) @ self.inverses[k - 1] @ self.block(k - 1, k)
            self.inverses.append(np.linalg.inv(diagonal))

    def block(self, a, b):
        return self.sector.blocks[a, b].astype(float)

    def solve(self, vector, transposed=False):
        offsets, count = self.sector.offsets, len(self.inverses)
        parts = [vector[offsets[k] : offsets[k + 1]] for k in range(count)]
        lower = (lambda k: self.block(k - 1, k).T) if transposed else (lambda k: self.block(k, k - 1))
        upper = (lambda k: self.block(k + 1, k).T) if transposed else (lambda k: self.block(k, k + 1))
        inverses = [inverse.T for inverse in self.inverses] if transposed else self.inverses
        for k in range(1, count):
            parts[k] = parts[k] - lower(k) @ (inverses[k - 1] @ parts[k - 1])
        for k in reversed(range(count)):
            rest = parts[k] if k == count - 1 else parts[k] - upper(k) @ parts[k + 1]
            parts[k] = inverses[k] @ rest
        return np.concatenate(parts)


def refined(sector, value, scale):
    """
    An eigenvalue with both its vectors, in extended precision where that converges. `error` is what rounding may have left of the
    eigenvalue and `vectorError` of the vectors, relative to their length: both by the last residuals.
    """
    value = complex(value) if value.imag != 0 else float(value.real)
    # A hair off the eigenvalue: the inverse exists, and its error is along the vector that is sought.
    inverse = ShiftedInverse(sector, value + 1e-13 * scale)
    kind = np.clongdouble if isinstance(value, complex) else LONG
    narrow = complex if isinstance(value, complex) else float
    random = np.random.default_rng(1)

    def start(transposed):
        vector = random.standard_normal(sector.unknowns).astype(narrow)
        for _ in range(3):
            vector = inverse.solve(vector, transposed)
            vector /= np.linalg.norm(vector)
        return vector.astype(kind)

    right, left = start(False), start(True)
    theta = kind(value)
    vector_error = 1.0
    for _ in range(6):
        overlap = left @ right
        theta = (left @ sector.apply(right)) / overlap
        errors = []
        for transposed in (False, True):
            vector, dual = (left, right) if transposed else (right, left)
            residual = sector.apply(vector, transposed) - theta * vector
            correction = inverse.solve(residual.astype(narrow), transposed)
            correction -= vector * ((dual @ correction) / overlap)
            size = float(np.linalg.norm(correction.astype(narrow)))
            errors.append(size)
            improved = vector - correction
            improved /= np.sqrt(np.sum(np.abs(improved) ** 2))
            if transposed:
                left = improved
            else:
                right = improved
        if max(errors) > vector_error / 2:
            break
        vector_error = max(errors)
        if vector_error < 1e-17:
            break
    overlap = abs(left @ right)
    residuals = [sector.apply(x, side) - theta * x for x, side in ((right, False), (left, True))]
    norms = [float(np.sqrt(np.sum(np.abs(r) ** 2))) for r in residuals]
    condition = float(1 / overlap)
    # First order in each residual, and what building the matrix in 64-bit mantissas leaves.
    error = condition * (norms[0] * max(vector_error, 1e-19) + 2.0**-60 * scale) + norms[0] * norms[1] * condition / scale
    # Where two modes coalesce the refinement may fail; LAPACK's own value is within its rounding times the condition.
    error = min(error, abs(theta - value) + 10 * EPS * scale * condition)
    return {
        "re": -theta.real,
        "im": abs(theta.imag),
        "error": float(error),
        "condition": condition,
        "vectorError": float(condition * vector_error),
        "right": right,
        "left": left,
    }


def slow_end(sector):
    """Decay rates and frequencies of the whole sector by rising decay, a pair once; the steady state's 0 is not among them."""
    values = np.linalg.eigvals(sector.dense())
    values = values[values.imag >= 0]
    values = values[np.argsort(-values.real)]
    if sector.sign > 0:
        values = np.delete(values, np.argmin(np.abs(values)))
    return values


def steady_state(sector, scale):
    """rho_s as a vector of trace 1, refined in extended precision."""
    inverse = ShiftedInverse(sector, 1e-13 * scale)
    trace = sector.packed([np.eye(int(2 * j) + 1, dtype=LONG) for j in sector.spins])
    vector = np.ones(sector.unknowns)
    for _ in range(3):
        vector = inverse.solve(vector)
        vector /= float(trace @ vector)
    vector, change = vector.astype(LONG), np.inf
    for _ in range(8):
        correction = inverse.solve(sector.apply(vector).astype(float))
        improved = vector - correction
        improved /= trace @ improved
        size = float(np.linalg.norm((improved - vector).astype(float)))
        if size > change / 2:
            break
        vector, change = improved, size
    return vector, change


def moments(sector, vector):
    """In the paper's axes: S_x is S_y here and S_y is -S_x."""
    totals = dict.fromkeys(("Sy", "Sz", "Sx2", "Sy2", "Sz2"), 0.0)
    weights = []
    for j, rho in zip(sector.spins, sector.unpacked(vector)):
        lower, m = lowering(j)
        across, along = (lower.T + lower) / 2, (lower.T - lower) / 2
        totals["Sy"] -= float(np.sum(across * rho))
        totals["Sz"] += float(np.sum(m * np.diag(rho)))
        totals["Sx2"] -= float(np.sum(along @ along * rho.T))
        totals["Sy2"] += float(np.sum(across @ across * rho.T))
        totals["Sz2"] += float(np.sum(m * m * np.diag(rho)))
        weights.append(float(np.trace(rho)))
    return {**totals, "Pj": weights}


def metastable(sector, mode, steady):
    """rho_+-, their weights and rates, Eqs. (4), (5), (10), and by the committor; '+' has the lower <S_z>."""
    parts = {1: [], -1: []}
    for block in sector.unpacked(mode["right"].real.astype(float)):
        values, vectors = np.linalg.eigh(block)
        for sign, matrices in parts.items():
            kept = np.where(sign * values > 0, sign * values, 0)
            matrices.append((vectors * kept) @ vectors.T)
    states = []
    for matrices in parts.values():
        trace = sum(np.trace(matrix) for matrix in matrices)
        states.append(sector.packed([matrix / trace for matrix in matrices]))
    plus, minus = sorted(states, key=lambda state: moments(sector, state)["Sz"])
    weight = [float((steady @ state) / (state @ state)) for state in (plus, minus)]
    committor = mode["left"].real
    w_plus, w_minus = committor @ plus, committor @ minus
    p_plus = float(-w_minus / (w_plus - w_minus))
    rate = float(mode["re"])
    return {
        "aPlus": weight[0],
        "aMinus": weight[1],
        "ratePlus": rate * weight[1],
        "rateMinus": rate * weight[0],
        "committor": {"pPlus": p_plus, "ratePlus": rate * (1 - p_plus), "rateMinus": rate * p_plus},
        "plus": moments(sector, plus),
        "minus": moments(sector, minus),
    }


def shown(mode):
    return {key: float(mode[key]) for key in ("re", "im", "error", "condition")}


def truth(system, kept):
    """
    symmetric, antisymmetric: the slowest decay rates of each sector as [decay, frequency], frequency >= 0 (a pair once), by LAPACK
    refined: the first of each sector again, {re, im, error, condition}, error what rounding may have left
    rounding: of the unrefined ones, for a condition number of 1
    steady: moments and P_j; metastable: null where lambda_1 is one of a pair; stateError: rounding of both
    """
    sectors = {name: Sector(system, name) for name in ("symmetric", "antisymmetric")}
    result = {"system": system, "refined": {}}
    scale = 0.0
    modes = {}
    for name, sector in sectors.items():
        # One atom has one coherence, and the steady state alone may be all.
        if sector.unknowns == 0:
            result[name], result["refined"][name] = [], []
            continue
        scale = max(scale, float(max(np.abs(block).sum(axis=1).max() for block in sector.blocks.values())))
        values = slow_end(sector)
        result[name] = [[-value.real, value.imag] for value in values[:kept]]
        modes[name] = [refined(sector, value, scale) for value in values[: REFINED[name]]]
        result["refined"][name] = [shown(mode) for mode in modes[name]]
    symmetric = sectors["symmetric"]
    steady, steady_error = steady_state(symmetric, scale)
    result["unknowns"] = symmetric.unknowns
    result["rounding"] = EPS * scale
    result["steady"] = moments(symmetric, steady)
    slow = modes["symmetric"][0]
    result["metastable"] = metastable(symmetric, slow, steady) if slow["im"] == 0 else None
    # eigh splits rho_1 in float64.
    result["stateError"] = steady_error + slow["vectorError"] + 100 * EPS
    return result


if __name__ == "__main__":
    json.dump([truth(system, int(sys.argv[1])) for system in json.load(sys.stdin)], sys.stdout)

"""
Eq. (1) on all 2^N states, atom by atom and in the paper's axes: all eigenvalues of L on what permutations of the atoms leave alone,
and the steady moments. For two to four atoms; JSON in and out as in liouvillian.py, which it checks.
"""

import json
import sys
from itertools import permutations

import numpy as np


def truth(system):
    atoms = system["atoms"]
    dimension = 2**atoms
    # |0> is the ground state of an atom.
    emission = np.array([[0.0, 1.0], [0.0, 0.0]])

    def of_atom(n):
        return np.kron(np.kron(np.eye(2**n), emission), np.eye(2 ** (atoms - n - 1)))

    single = [of_atom(n) for n in range(atoms)]
    lower = sum(single)
    Sx, Sy = (lower + lower.T) / 2, (lower.T - lower) / 2j
    Sz = (lower.T @ lower - lower @ lower.T) / 2
    one = np.eye(dimension)
    # Row by row: A rho B is kron(A, B^T).
    generator = -2j * system["omega"] * (np.kron(Sx, one) - np.kron(one, Sx.T))
    jumps = [np.sqrt(system["gamma1D"]) * lower] + [np.sqrt(system["gammaF"]) * s for s in single]
    for jump in jumps:
        rate = jump.T @ jump
        generator += np.kron(jump, jump) - (np.kron(rate, one) + np.kron(one, rate.T)) / 2

    # What no permutation changes: the average over all of them projects onto it.
    states = np.arange(dimension)
    bits = (states[:, None] >> np.arange(atoms)) & 1
    average = np.zeros((dimension**2, dimension**2))
    for order in permutations(range(atoms)):
        moved = (bits[:, list(order)] << np.arange(atoms)).sum(axis=1)
        pairs = (moved[:, None] * dimension + moved[None, :]).ravel()
        average[pairs, np.arange(dimension**2)] += 1
    values, vectors = np.linalg.eigh(average)
    basis = vectors[:, values > values[-1] / 2]
    reduced = basis.T @ generator @ basis
    eigenvalues, right = np.linalg.eig(reduced)
    steady = (basis @ right[:, np.argmin(abs(eigenvalues))]).reshape(dimension, dimension)
    steady = steady / np.trace(steady)

    def mean(operator):
        return float(np.trace(operator @ steady).real)

    return {
        "eigenvalues": [[-value.real, value.imag] for value in eigenvalues],
        "steady": {"Sy": mean(Sy), "Sz": mean(Sz), "Sx2": mean(Sx @ Sx), "Sy2": mean(Sy @ Sy), "Sz2": mean(Sz @ Sz)},
    }


if __name__ == "__main__":
    json.dump([truth(system) for system in json.load(sys.stdin)], sys.stdout)

"""
The general model on all 2^N states, atom by atom and in the paper's axes: all eigenvalues of L on what permutations of the atoms leave
alone, and the steady moments. For two to four atoms; JSON in and out as in liouvillian.py, which it checks.
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
    hamiltonian = 2 * system["omega"] * Sx - system["detuning"] * Sz + system["collectiveShift"] * lower.T @ lower
    generator = -1j * (np.kron(hamiltonian, one) - np.kron(one, hamiltonian.T))
    operators = [
        ("gamma1D", [lower]),
        ("gammaF", single),
        ("collectivePumping", [lower.T]),
        ("pumping", [s.T for s in single]),
        ("collectiveDephasing", [Sz]),
        ("dephasing", [(s.T @ s - s @ s.T) / 2 for s in single]),
    ]
    jumps = [np.sqrt(system[rate]) * operator for rate, each in operators for operator in each]
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

    spin = {"Sx": Sx, "Sy": Sy, "Sz": Sz}
    squares = {name + "2": operator @ operator for name, operator in spin.items()}
    products = {
        "SxSy": (Sx @ Sy + Sy @ Sx) / 2,
        "SxSz": (Sx @ Sz + Sz @ Sx) / 2,
        "SySz": (Sy @ Sz + Sz @ Sy) / 2,
    }
    operators = {**spin, **squares, **products}
    return {
        "eigenvalues": [[-value.real, value.imag] for value in eigenvalues],
        "steady": {name: mean(operator) for name, operator in operators.items()},
    }


if __name__ == "__main__":
    json.dump([truth(system) for system in json.load(sys.stdin)], sys.stdout)

"""
The general model by PIQS, QuTiP's permutation-invariant solver: the steady moments and the slowest eigenvalues. JSON in and out as in
liouvillian.py. Its matrix has elements between the blocks, too, which no state has, and which are left out.
"""

import json
import sys

import numpy as np
from qutip import piqs


def truth(system):
    atoms = system["atoms"]
    Sx, Sy, Sz = piqs.jspin(atoms)
    lower = piqs.jspin(atoms, "-")
    dicke = piqs.Dicke(atoms)
    dicke.hamiltonian = (
        2 * system["omega"] * Sx - system["detuning"] * Sz + system["collectiveShift"] * lower.dag() * lower
    )
    dicke.emission = system["gammaF"]
    dicke.pumping = system["pumping"]
    dicke.dephasing = system["dephasing"]
    dicke.collective_emission = system["gamma1D"]
    dicke.collective_pumping = system["collectivePumping"]
    dicke.collective_dephasing = system["collectiveDephasing"]
    generator = dicke.liouvillian().full()
    # What lies between the blocks means nothing.
    block = np.repeat(np.arange(atoms // 2 + 1), [atoms - 2 * b + 1 for b in range(atoms // 2 + 1)])
    inside = (block[:, None] == block[None, :]).ravel(order="F")
    eigenvalues, right = np.linalg.eig(generator[np.ix_(inside, inside)])
    decays = sorted(([-value.real, value.imag] for value in eigenvalues if abs(value) > 1e-6), key=lambda decay: decay[0])
    steady = np.zeros(len(inside), complex)
    steady[inside] = right[:, np.argmin(abs(eigenvalues))]
    steady = steady.reshape(len(block), len(block), order="F")
    steady = steady / np.trace(steady)

    def mean(operator):
        return float(np.trace(operator.full() @ steady).real)

    spin = {"Sx": Sx, "Sy": Sy, "Sz": Sz}
    return {
        "eigenvalues": decays[:12],
        "steady": {
            **{name: mean(operator) for name, operator in spin.items()},
            **{name + "2": mean(operator * operator) for name, operator in spin.items()},
            "SxSy": mean(Sx * Sy + Sy * Sx) / 2,
            "SxSz": mean(Sx * Sz + Sz * Sx) / 2,
            "SySz": mean(Sy * Sz + Sz * Sy) / 2,
        },
    }


if __name__ == "__main__":
    json.dump([truth(system) for system in json.load(sys.stdin)], sys.stdout)

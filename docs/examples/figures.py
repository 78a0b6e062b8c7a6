"""Figures 2(d) and 4 of the paper from the command line of the lab and its HDF5 files, with error bars.

    python3 figures.py --out figures

needs h5py and matplotlib, and the lab as `dicke-bistability-lab` on the PATH; the variable LAB says another command.
figures.ipynb does the same step by step.
"""

import argparse
import os
import shlex
import subprocess
from pathlib import Path

import h5py
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import NullLocator

LAB = shlex.split(os.environ.get("LAB", "dicke-bistability-lab"))


def lab(command, out, **options):
    """Runs a command and returns its HDF5 file: lab("gap", "results", atoms=54) is `gap --atoms 54 --out results --hdf5`.

    Raises subprocess.CalledProcessError where the lab refuses or fails; it says why on standard error.
    """
    words = [word for name, value in options.items() for word in (f"--{name.replace('_', '-')}", str(value))]
    subprocess.run([*LAB, command, *words, "--out", str(out), "--hdf5"], check=True, stdout=subprocess.DEVNULL)
    return Path(out) / f"{command}.h5"


def group(file):
    """The group of a file's one result."""
    (only,) = file.values()
    return only


def value(result, name):
    """A single value of a result and its error: one standard error of an ensemble, a bound of an eigenvalue."""
    dataset = result["values"][name]
    return dataset[()], dataset.attrs.get("error")


def figure_2d(path):
    """The least gap against N on logarithmic axes, the power law fitted to it, and the paper's."""
    with h5py.File(path) as file:
        result = group(file)
        points = {name: column[()] for name, column in result["points"].items()}
    # Every point alike, as in the paper: the lab's own fit weighs them by their bounds, which say nothing of how well the law holds.
    (slope, intercept), covariance = np.polyfit(np.log(points["atoms"]), np.log(points["lambda1"]), 1, cov=True)
    prefactor, exponent, error = np.exp(intercept), -slope, np.sqrt(covariance[0, 0])
    figure, axes = plt.subplots(figsize=(3.4, 2.6), layout="constrained")
    N = np.geomspace(points["atoms"].min() / 1.05, points["atoms"].max() * 1.05, 100)
    axes.plot(N, 1.72 * N**-0.9, "--", color="0.6", label="the paper's $1.72\\,N^{-0.9}$")
    law = f"fit: ${prefactor:.2f}\\,N^{{-{exponent:.2f}}}$, exponent ± {error:.2f}"
    axes.plot(N, prefactor * N**-exponent, color="tab:red", label=law)
    # Bounds of some 1e-5: bars within the dots.
    axes.errorbar(points["atoms"], points["lambda1"], yerr=points["lambda1.error"], fmt="o", ms=4, label="lab")
    axes.set(xscale="log", yscale="log", xlabel="$N$", ylabel="$\\lambda_1/\\gamma_F$")
    axes.set_xticks(points["atoms"], [f"{atoms:.0f}" for atoms in points["atoms"]])
    axes.set_yticks([tick for tick in (0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.15) if tick > 0.9 * points["lambda1"].min()])
    axes.yaxis.set_major_formatter("{x:g}")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(NullLocator())
    axes.legend(frameon=False, fontsize=7)
    return figure


def figure_4(trajectories, metastable, number=1):
    """One trajectory that switches between rho_+ and rho_-, the ensemble's mean around it, and P_m.

    number: which of the trajectories that the file keeps, from 1
    """
    with h5py.File(trajectories) as file:
        result = group(file)
        traces, series, Pm = (
            {name: column[()] for name, column in result[table].items()} for table in ("traces", "series", "Pm")
        )
        count = int(value(result, "count")[0])
        steady, steady_error = value(result, "steady.Sz")
        atoms = result.attrs["atoms"]
    shown = ("moments.Sz", "moments.squeezing", "crssFidelity")
    with h5py.File(metastable) as file:
        values = group(file)["values"]
        plus, minus = ({name: values[f"{sign}.{name}"][()] for name in shown} for sign in ("plus", "minus"))
    one = traces["number"] == number
    t = traces["t"][one]
    figure, axes = plt.subplots(4, figsize=(3.4, 7), layout="constrained", height_ratios=[3, 2, 2, 2.5])

    magnetization, fidelity, squeezing, distribution = axes
    magnetization.plot(t, traces["Sz"][one], lw=0.8, label="one trajectory")
    mean, error = series["Sz.mean"], series["Sz.error"]
    magnetization.fill_between(series["t"], mean - error, mean + error, color="k", alpha=0.3, lw=0)
    magnetization.plot(series["t"], mean, "k", lw=0.8, label=f"mean of {count} ± error")
    fidelity.plot(t, traces["crssFidelity"][one], lw=0.8)
    squeezing.plot(t, traces["squeezing"][one], lw=0.8)
    dashed = {"ls": "--", "lw": 1}
    magnetization.axhline(plus["moments.Sz"], **dashed, color="tab:red", label="$\\rho_+$")
    magnetization.axhline(minus["moments.Sz"], **dashed, color="tab:green", label="$\\rho_-$")
    fidelity.axhline(plus["crssFidelity"], **dashed, color="tab:red")
    squeezing.axhline(plus["moments.squeezing"], **dashed, color="tab:red")
    magnetization.set(ylabel="$\\langle S_z\\rangle$", ylim=(-atoms / 2, None))
    magnetization.legend(frameon=False, fontsize=7, ncols=2, loc="lower right", bbox_to_anchor=(1, 1))
    fidelity.set(ylabel="CRSS fidelity", ylim=(-0.05, 1.05))
    squeezing.set(ylabel="$\\xi^2$", yscale="log", xlabel="$\\gamma_F t$")
    for panel in (magnetization, fidelity, squeezing):
        panel.set_xlim(0, t[-1])
    for panel in (magnetization, fidelity):
        panel.tick_params(labelbottom=False)

    distribution.bar(Pm["m"], Pm["Pm.exact"], width=0.9, color="0.85", label="exact")
    label = f"{count} trajectories"
    distribution.errorbar(Pm["m"], Pm["Pm"], yerr=Pm["Pm.error"], fmt="o", ms=3, capsize=2, label=label)
    distribution.axvline(steady, color="k", lw=0.8, label="$\\langle S_z\\rangle$")
    distribution.axvspan(steady - steady_error, steady + steady_error, color="k", alpha=0.2, lw=0)
    distribution.set(xlabel="$m$", ylabel="$P_m$", ylim=(0, 1.5 * Pm["Pm"].max()))
    distribution.legend(frameon=False, fontsize=7, loc="upper right")
    for letter, panel in zip("abcd", axes):
        panel.set_title(f"({letter})", loc="left", fontsize=8, pad=3)
    figure.align_ylabels(axes)
    return figure


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("figures"), help="folder for the results and the figures")
    parser.add_argument("--atoms", default="18,24,30,36,44,54", help="numbers of atoms of figure 2(d)")
    parser.add_argument("--count", type=int, default=2000, help="trajectories of figure 4")
    asked = parser.parse_args()
    scaling = lab("gap-scaling", asked.out, atoms=asked.atoms, ratio=15.5)
    figure_2d(scaling).savefig(asked.out / "figure-2d.png", dpi=300)
    ensemble = lab("trajectories", asked.out, count=asked.count)
    states = lab("metastable", asked.out)
    figure_4(ensemble, states).savefig(asked.out / "figure-4.png", dpi=300)

"""Builds the grid kernels beside their sources when the package is installed.

Where there is no C++ compiler, or it fails, the package is installed without them and says so;
``vidomo.grid`` then computes with numpy and scipy.
"""

import platform
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = Path("src", "vidomo", "grid", "kernel")
LIBRARY = "libvidomo_grid.so"
# The sources write out their fused operations; the compiler adds none and changes no order of sums.
FLAGS = ("-std=c++17", "-O3", "-fPIC", "-fno-math-errno", "-ffp-contract=off", "-Wno-psabi")
AVX512 = ("-mavx512f", "-mavx512dq", "-mavx512vl", "-mavx512bw", "-mfma")
LEVELS = {
    "plain": ("-DWIDTH=2",),
    "avx2": ("-DWIDTH=4", "-mavx2", "-mfma"),
    "avx512": ("-DWIDTH=8", *AVX512),
    "avx512pair": ("-DWIDTH=16", *AVX512),
}
X86 = {"x86_64", "AMD64"}
TIMEOUT_S = 300


class GridKernelHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compile the kernels, or leave them out."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build for a wheel and for an editable install; ``version`` says which."""
        del version
        if self.target_name != "wheel":
            return
        if build(Path(self.root) / SOURCES):
            build_data["artifacts"].append(f"/{SOURCES.as_posix()}/{LIBRARY}")
            build_data["pure_python"] = False
            build_data["infer_tag"] = True


def build(folder: Path) -> bool:
    """Compile the kernels in a folder; return whether the library stands there."""
    compiler = shutil.which("g++") or shutil.which("clang++")
    if compiler is None:
        print("no C++ compiler: the grid computes with numpy and scipy")
        return False
    x86 = platform.machine() in X86
    jobs = [(name, "", ()) for name in ("dispatch", "symbolic", "islands", "philox")]
    # "plain" comes first: where several objects hold the same inline function the linker takes
    # the first, and one compiled for wide vectors would not run everywhere.
    jobs += [
        (name, level, (f"-DLEVEL={level}", *flags))
        for level, flags in LEVELS.items()
        if x86 or level == "plain"
        for name in ("screening", "cascade")
        if (name, level) != ("screening", "avx512pair")
    ]
    with tempfile.TemporaryDirectory() as scratch:
        objects = [f"{scratch}/{name}-{level}.o" for name, level, _ in jobs]
        common = [*FLAGS, *(["-DVIDOMO_X86"] if x86 else [])]
        running = [
            subprocess.Popen(
                [compiler, *common, *flags, "-c", str(folder / f"{name}.cpp"), "-o", target],
                stderr=subprocess.PIPE,
                text=True,
            )
            for (name, _, flags), target in zip(jobs, objects, strict=True)
        ]
        errors = [job.communicate(timeout=TIMEOUT_S)[1] for job in running]
        failed = [error for job, error in zip(running, errors, strict=True) if job.returncode]
        if not failed:
            linked = subprocess.run(
                [compiler, "-shared", *objects, "-o", f"{scratch}/{LIBRARY}"],
                check=False,
                capture_output=True,
                text=True,
                timeout=TIMEOUT_S,
            )
            failed = [linked.stderr] if linked.returncode else []
        if failed:
            print(
                f"the grid kernels do not compile here, so numpy and scipy are used:\n{failed[0]}"
            )
            return False
        fresh = folder / f"{LIBRARY}.new"
        shutil.copyfile(f"{scratch}/{LIBRARY}", fresh)
        fresh.replace(folder / LIBRARY)
    return True


if __name__ == "__main__":
    raise SystemExit(0 if build(Path(__file__).parents[1] / SOURCES) else 1)

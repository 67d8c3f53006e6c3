"""Copy the built files of the map library into the package; needs node, users never do."""

import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINNED = ROOT / "tools" / "maplibre"
OUT = ROOT / "src" / "vidomo" / "publish" / "map_assets"
BUILT = ("maplibre-gl.mjs", "maplibre-gl-worker.mjs")


def licences(modules: Path) -> str:
    """Return the licence texts of the library and of all that is built into it."""
    texts = []
    for found in sorted(modules.rglob("package.json")):
        folder = found.parent
        if folder.parent.name != "node_modules" and not folder.parent.name.startswith("@"):
            continue
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.name.lower().startswith(("license", "licence")):
                name = folder.relative_to(modules).as_posix()
                texts.append(f"== {name}\n\n{path.read_text(encoding='utf-8').strip()}\n")
    return "\n".join(texts)


def main() -> None:
    """Install what the lock file pins into a scratch folder, and copy what is served."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "maplibre"
        shutil.copytree(PINNED, folder)
        subprocess.run(["npm", "ci", "--silent", "--omit=dev"], cwd=folder, check=True)
        modules = folder / "node_modules"
        OUT.mkdir(exist_ok=True)
        for name in BUILT:
            body = (modules / "maplibre-gl" / "dist" / name).read_text(encoding="utf-8")
            # The maps of the sources are not served, so nothing may ask for them.
            body = body.removesuffix(f"//# sourceMappingURL={name}.map")
            # Stock web servers know the type of .js, and some not that of .mjs.
            path = (OUT / name).with_suffix(".js")
            path.write_text(body.rstrip() + "\n", encoding="utf-8")
        (OUT / "LICENSES.txt").write_text(licences(modules), encoding="utf-8")
    for path in sorted(OUT.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()

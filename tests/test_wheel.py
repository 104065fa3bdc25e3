"""What is installed from a wheel works without the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path


def test_a_wheel_carries_its_dictionaries(tmp_path: Path, root: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.stat().st_size < 60e6
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    assert (site / "pipeline/py.typed").is_file()
    script = "import pipeline; print(pipeline.__file__); print(pipeline.restore_text('KE HOACH'))"
    env = os.environ | {"PYTHONPATH": str(site)}
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.stdout.splitlines() == [str(site / "pipeline/__init__.py"), "KẾ HOẠCH"], done.stderr

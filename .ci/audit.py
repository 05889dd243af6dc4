"""Say what pip-audit found, and what it could not: python .ci/audit.py REPORT.json [--strict].

pip-audit passes over each package that its service knows nothing of, and an index without data on holes knows nothing
of any; then it says that it found none. That is not an audit, and this says so. Ends with 1 for a known hole, and with
--strict where a package was not audited.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def tell(report: str, *, strict: bool) -> tuple[str, int]:
    """Return what to print of a report, and the exit code.

    >>> tell('{"dependencies": [{"name": "rain", "version": "1", "vulns": []}]}', strict=False)
    ('audit: 1 packages audited, 0 with known holes', 0)
    """
    packages = json.loads(report)["dependencies"]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    holes = [
        f"{package['name']} {package['version']}: {', '.join(hole['id'] for hole in package['vulns'])}"
        for package in packages
        if package.get("vulns")
    ]
    lines = [f"audit: {len(packages) - len(unknown)} packages audited, {len(holes)} with known holes", *holes]
    if unknown:
        lines.append(
            f"audit: {len(unknown)} of {len(packages)} packages were NOT AUDITED: the index that was asked has no data"
            f" on them ({', '.join(unknown[:5])}{' …' if len(unknown) > 5 else ''})"
        )
    return "\n".join(lines), 1 if holes or (strict and unknown) or not packages else 0


if __name__ == "__main__":
    told, code = tell(Path(sys.argv[1]).read_text(encoding="utf-8"), strict="--strict" in sys.argv)
    print(told, file=sys.stderr)
    raise SystemExit(code)

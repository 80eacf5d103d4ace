"""The files of deploy/ agree with the code and with each other."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from assistant import metrics
from assistant.serve.supervisor import START_FAILED
from assistant.settings import TOP, read_settings

DEPLOY = TOP / "deploy"
KUBERNETES = DEPLOY / "kubernetes"


def _objects() -> list[dict[str, Any]]:
    listed = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text())["resources"]
    return [found for name in listed for found in yaml.safe_load_all((KUBERNETES / name).read_text())]


def _one(kind: str) -> dict[str, Any]:
    return next(found for found in _objects() if found["kind"] == kind)


def _settings_named(text: str) -> set[str]:
    return set(re.findall(r"\b(?:WHICHPLAN_[A-Z_]+|DATABASE_URL)\b", text))


def test_kustomize_lists_every_file() -> None:
    listed = set(yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text())["resources"])
    assert listed == {path.name for path in KUBERNETES.glob("*.yaml")} - {"kustomization.yaml"}


def test_every_setting_that_is_set_exists() -> None:
    known = _settings_named((TOP / "assistant/settings.py").read_text())
    known |= _settings_named((TOP / "content/consultation.yml").read_text())  # an advocate's calendar
    for path in (
        DEPLOY / "compose.yml",
        DEPLOY / "example.env",
        KUBERNETES / "settings.yaml",
        DEPLOY / "Dockerfile",
    ):
        assert _settings_named(path.read_text()) <= known, path.name


def test_the_settings_of_a_worker_can_be_read(tmp_path: Path) -> None:
    values: dict[str, str] = {}
    for found in _objects():
        values |= found.get("data", {}) if found["kind"] == "ConfigMap" else found.get("stringData", {})
    settings = read_settings(values | {"WHICHPLAN_DATA": str(tmp_path)})
    assert settings.redis_url and settings.database_url and settings.log_json
    assert settings.trusted_proxies == 1


def test_a_worker_is_probed_limited_and_replaced_without_a_gap() -> None:
    deployment = _one("Deployment")["spec"]
    worker = deployment["template"]["spec"]["containers"][0]
    assert (
        worker["readinessProbe"]["httpGet"]["path"] == worker["startupProbe"]["httpGet"]["path"] == "/health"
    )
    assert "httpGet" not in worker["livenessProbe"]  # a database that is away must not restart every worker
    assert worker["resources"]["limits"]["memory"]
    assert deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    scaling = _one("HorizontalPodAutoscaler")["spec"]
    assert scaling["scaleTargetRef"]["name"] == _one("Deployment")["metadata"]["name"]
    assert scaling["minReplicas"] >= 2


def test_the_ingress_asks_for_nothing_that_is_refused_by_default() -> None:
    """Since 1.9 ingress-nginx refuses an ingress with a snippet unless its operator allowed them."""
    assert [name for name in _one("Ingress")["metadata"]["annotations"] if "snippet" in name] == []


def test_selectors_meet_their_pods() -> None:
    labels = _one("Deployment")["spec"]["template"]["metadata"]["labels"]
    for selector in (
        _one("Deployment")["spec"]["selector"]["matchLabels"],
        _one("Service")["spec"]["selector"],
        _one("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
    ):
        assert selector.items() <= labels.items()


def test_what_containers_run_exists() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yml").read_text())
    commands = [compose["services"]["migrate"]["command"]]
    commands += [_one("Job")["spec"]["template"]["spec"]["containers"][0]["command"]]
    commands += [json.loads((DEPLOY / "Dockerfile").read_text().rpartition("CMD ")[2])]
    for command in commands:
        assert (TOP / (command[-1].replace(".", "/") + ".py")).is_file(), command


def test_what_the_image_copies_exists() -> None:
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE):
        for name in line.split():
            assert (TOP / name).exists(), name


def test_compose_names_services_and_volumes_that_exist() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yml").read_text())
    for name, service in compose["services"].items():
        assert set(service.get("depends_on", {})) <= set(compose["services"]), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in compose["volumes"] or (DEPLOY / source).exists(), volume


def test_compose_starts_again_what_dies_and_asks_each_whether_it_is_well() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yml").read_text())["services"]
    for name, service in services.items():
        if name == "migrate":  # it ends
            assert service["restart"] == "on-failure"
            continue
        assert service["restart"] == "unless-stopped", name
        assert service["healthcheck"]["test"] and service["healthcheck"]["retries"] >= 3, name


def test_systemd_starts_again_what_dies_but_not_a_broken_setting() -> None:
    unit = (DEPLOY / "systemd/whichplan.service").read_text()
    assert "Restart=always\n" in unit and "RestartSec=1\n" in unit and "StartLimitIntervalSec=0\n" in unit
    assert f"RestartPreventExitStatus={START_FAILED}\n" in unit


@pytest.mark.parametrize("path", ["deploy/systemd/whichplan.service", "deploy/example.env", "deploy/compose.yml", "deploy/kubernetes/settings.yaml"])  # fmt: skip
def test_each_way_to_start_behind_a_proxy_names_it(path: str) -> None:
    assert re.search(r"^[^#\n]*\bWHICHPLAN_PROXIES(?:=|: \")1\b", (TOP / path).read_text(), re.MULTILINE)


def test_systemd_accepts_its_file(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("not run: install systemd")
    text = (DEPLOY / "systemd/whichplan.service").read_text()
    unit = tmp_path / "whichplan.service"
    unit.write_text(text.replace("/opt/whichplan/.venv/bin/python", sys.executable))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("there", "command"),
    [
        (["kubectl", "version", "--client"], ["kubectl", "kustomize", str(KUBERNETES)]),
        (
            ["docker", "compose", "version"],
            ["docker", "compose", "-f", str(DEPLOY / "compose.yml"), "config", "--quiet"],
        ),
    ],
    ids=["kubectl", "docker compose"],
)
def test_their_own_programs_accept_them(there: list[str], command: list[str]) -> None:
    if shutil.which(there[0]) is None or subprocess.run(there, capture_output=True).returncode:
        pytest.skip(f"not run: install {' '.join(there[:-1])}")
    environ = {"PATH": "/usr/bin:/usr/local/bin:/bin", "POSTGRES_PASSWORD": "x", "WHICHPLAN_SECRET": "x" * 32}
    done = subprocess.run(command, capture_output=True, text=True, env=environ)
    assert done.returncode == 0, done.stderr


def test_the_board_asks_only_for_figures_that_exist() -> None:
    assert metrics.TALKS  # registered
    known = {sample.name for family in REGISTRY.collect() for sample in family.samples} | {
        f"{family.name}{ending}"
        for family in REGISTRY.collect()
        for ending in ("_total", "_bucket", "_count", "_sum")
    }
    board = json.loads((DEPLOY / "grafana-dashboard.json").read_text())
    asked = {
        name
        for panel in board["panels"]
        for target in panel["targets"]
        for name in re.findall(r"(?:whichplan|process)_\w+", target["expr"])
    }
    assert len(asked) > 5
    assert asked <= known


@pytest.mark.needs("nginx")
def test_nginx_accepts_its_file(tmp_path: Path) -> None:
    from tests.conftest import program

    text = (DEPLOY / "nginx.conf").read_text().replace("server worker:8080", "server 127.0.0.1:8080")
    (tmp_path / "nginx.conf").write_text(text.replace("/tmp/nginx", f"{tmp_path}/nginx"))
    done = subprocess.run(
        [str(program("nginx")), "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr

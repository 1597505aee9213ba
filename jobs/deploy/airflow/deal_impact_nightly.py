"""Deal Impact every night, by Airflow 2.4 or newer, or Airflow 3.

One task runs the program as its users do, through jobs/bin/submit, and maps its exit status:
20 (late delivery) and 40 (concurrent writer) are retried, 20 after half an hour, 40 at once;
every other failure is final at the first attempt. A run that is repeated skips what is done. What the
program prints is in the task's log, line by line.
"""

from __future__ import annotations

import logging
import os
import subprocess
from datetime import datetime, timedelta

from airflow.exceptions import AirflowException, AirflowFailException

try:  # Airflow 3
    from airflow.providers.standard.operators.python import PythonOperator
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.operators.python import PythonOperator

HOME = os.environ.get("DEAL_IMPACT_HOME", "/opt/deal-impact")
MASTER = os.environ.get("DEAL_IMPACT_MASTER", "spark://spark-master:7077")
LANDING = os.environ.get("DEAL_IMPACT_LANDING", "s3a://example-landing/deal-impact")
LAKE = os.environ.get("DEAL_IMPACT_LAKE", "s3a://example-lake/deal-impact")

OK, INPUT_MISSING, CONCURRENT_WRITER, INTERRUPTED = 0, 20, 40, 143
AT_ONCE = 3

log = logging.getLogger(__name__)


def run(command: list[str]) -> int:
    """Runs a command, logs what it prints, and gives its status."""
    # Airflow 3 does not take what a child process prints: it is read and logged here.
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as child:
        try:
            for line in child.stdout:
                log.info(line.rstrip())
        except BaseException:
            # The task was ended or ran out of time. The program writes its run log and ends.
            child.terminate()
            raise
        return child.wait()


def nightly() -> None:
    """Runs the flow; raises so that Airflow retries only what may pass later."""
    command = [
        f"{HOME}/jobs/bin/submit", "--master", MASTER, "--",
        "nightly", "--landing", LANDING, "--lake", LAKE,
    ]
    for _ in range(AT_ONCE):
        status = run(command)
        if status != CONCURRENT_WRITER:
            break
    if status == OK:
        return
    if status in (INPUT_MISSING, CONCURRENT_WRITER, INTERRUPTED):
        raise AirflowException(f"exit status {status}: retried in half an hour")
    raise AirflowFailException(f"exit status {status}: see the last line of the log")


with DAG(
    dag_id="deal_impact_nightly",
    description="What the newest deals did to share prices",
    # UTC; Tuesday to Saturday after New York's close and the vendors' deliveries.
    schedule="30 6 * * 2-6",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    # Two runs at once would only refuse each other's commits.
    max_active_runs=1,
):
    PythonOperator(
        task_id="nightly",
        python_callable=nightly,
        retries=12,
        retry_delay=timedelta(minutes=30),
        execution_timeout=timedelta(hours=6),
    )

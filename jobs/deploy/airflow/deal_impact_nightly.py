"""Deal Impact every night, by Airflow 2.4 or newer.

One task runs the program as its users do, through jobs/bin/submit, and maps its exit status:
20 (late delivery) and 40 (concurrent writer) are retried, 20 after half an hour, 40 at once;
every other failure is final at the first attempt. A run that is repeated skips what is done.
"""

from __future__ import annotations

import os
import subprocess
from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowException, AirflowFailException
from airflow.operators.python import PythonOperator

HOME = os.environ.get("DEAL_IMPACT_HOME", "/opt/deal-impact")
MASTER = os.environ.get("DEAL_IMPACT_MASTER", "spark://spark-master:7077")
LANDING = os.environ.get("DEAL_IMPACT_LANDING", "s3a://example-landing/deal-impact")
LAKE = os.environ.get("DEAL_IMPACT_LAKE", "s3a://example-lake/deal-impact")

OK, INPUT_MISSING, CONCURRENT_WRITER, INTERRUPTED = 0, 20, 40, 143
AT_ONCE = 3


def nightly() -> None:
    """Runs the flow; raises so that Airflow retries only what may pass later."""
    command = [
        f"{HOME}/jobs/bin/submit", "--master", MASTER, "--",
        "nightly", "--landing", LANDING, "--lake", LAKE,
    ]
    for _ in range(AT_ONCE):
        status = subprocess.run(command, check=False).returncode
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

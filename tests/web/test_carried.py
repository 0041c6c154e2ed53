"""What was typed survives an ended log-in, a stale token, a busy or full server, without the script (N9, S4, S5)."""

import base64
import os
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kosme_web.extensions import db
from kosme_web.models import Draft, DraftField
from tests.conftest import Membership, Server
from tests.people import LOG_IN, MEMBER, NUMBER, new_resume, verify
from tests.site.page_checks import problems

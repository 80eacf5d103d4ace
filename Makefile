# The only commands a person must know. `make` alone lists them.
SHELL := /bin/sh
PORT ?= 8080
HOST ?= 127.0.0.1
DATA ?= var
PY := .venv/bin/python
export RASA_TELEMETRY_ENABLED := false
export WHICHPLAN_PORT := $(PORT)
export WHICHPLAN_HOST := $(HOST)
export WHICHPLAN_DATA := $(DATA)

.PHONY: help install install-dev run chat train test check format replay record bench bench-nlu faults fuzz sbom audit question approve switch rotate-secret live-check backup restore move-to-postgres forget unanswered feedback bookings content-report widget encoder talk-weights second-look lock

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' Makefile

install:
	@setup/install.sh requirements.lock

install-dev:
	@setup/install.sh requirements-dev.lock

run: install ## install, train if something changed, serve, print the address   (PORT=8080 HOST=127.0.0.1 DATA=var)
	@$(PY) -m assistant.serve.run

chat: install ## talk with the assistant in the terminal
	@$(PY) -m assistant.serve.chat

train: install ## train the model, whether or not something changed
	@$(PY) -m assistant.serve.train --always

test: install-dev ## install what the tests need and run them all   (ARGS="-k booking" for some)
	@$(PY) -m assistant.serve.train
	@$(PY) -m pytest $(ARGS)

check: install-dev ## format, lint, types, spelling, content, dialogue: what has to hold at each commit
	@setup/check.sh

format: install-dev ## bring the code into the form that `make check` asks for
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

replay: install-dev ## replay the conversations of tests/conversations, with a report   (ARGS="-k booking -n auto", or "--target http://127.0.0.1:8080")
	@$(PY) -m assistant.serve.train
	@$(PY) -m pytest tests/conversations $(ARGS)

record: install ## turn a talk of the server's store into a story   (ARGS="<id> --into tests/conversations/test_booking.yml")
	@$(PY) -m assistant.replay.record $(ARGS)

bench: install-dev ## measure: milliseconds a turn, memory, start, beside a stock Rasa and the bare channel   (ARGS="--quick --no-stock")
	@$(PY) -m assistant.serve.train
	@$(PY) -m bench $(ARGS)

bench-nlu: install-dev ## measure the understanding: accuracy, strangers, danger, calibration   (ARGS="--no-stock")
	@$(PY) -m bench.nlu $(ARGS)

faults: install-dev ## break each part of a running assistant in turn, write docs/run/reliability.md, then the long tests of booking and Slack   (ARGS="-k killed")
	@$(PY) -m assistant.serve.train
	@$(PY) -m bench.faults $(ARGS)
	@$(PY) -m pytest tests/unit/serve/test_broken_start.py tests/unit/serve/test_supervisor.py tests/unit/test_private_files.py tests/unit/serve/test_strict_http.py
	@WHICHPLAN_EVERY_TEST=yes WHICHPLAN_BOOKING_ROUNDS=50 WHICHPLAN_BOOKING_EXAMPLES=1000 WHICHPLAN_BOOKING_WALKS=500 $(PY) -m pytest tests/unit/booking tests/unit/actions
	@WHICHPLAN_SLACK_EVENTS=1000 WHICHPLAN_SLACK_TALKS=500 WHICHPLAN_SLACK_STORIES=0 $(PY) -m pytest tests/unit/channels/slack/test_events.py tests/conversations/test_over_slack.py

fuzz: install-dev ## 10,000 seeded messages and requests, 10,000 malformed ones direct and through nginx, then schemathesis against the published contract; figures in results/
	@setup/fuzz.sh
	@$(PY) -m assistant.serve.train
	@WHICHPLAN_EVERY_TEST=yes WHICHPLAN_FUZZ=10000 WHICHPLAN_SCHEMATHESIS=300 $(PY) -m pytest tests/http/test_fuzz.py tests/http/test_raw_socket.py tests/http/test_schemathesis.py
	@cat results/fuzz.txt results/fuzz_raw.txt

sbom: install-dev ## write results/sbom.json (CycloneDX) and results/licences.txt from the lock
	@setup/sbom.sh

audit: install-dev ## look for known weaknesses in the locked packages, where the data can be reached
	@setup/audit.sh

question: install ## begin a new question: make question id=ask_tutoring
	@$(PY) -m assistant.knowledge.new_question "$(id)"

approve: install ## approve the words of a topic, point or letter after reading them   (id=ask_placement/i_say_no by=editors; without id: all that changed)
	@$(PY) -m assistant.knowledge.approve "$(id)" "$(by)"

live-check: install ## try mail, calendars, Slack, public address, TLS and the widget from each website
	@$(PY) -m assistant.owner.live_check

backup: install ## talks, calls, mails and the secret as one file, also while the server runs   (TO=/backups)
	@$(PY) -m assistant.owner.backup backup "$(TO)"

restore: install ## put a backup back; what was there is kept beside it   (FROM=/backups/whichplan-….tar.gz)
	@$(PY) -m assistant.owner.backup restore "$(FROM)"

move-to-postgres: install ## carry talks, calls and what waits to be sent into PostgreSQL   (TO=postgresql://user:password@host/base)
	@$(PY) -m assistant.owner.move "$(TO)"

forget: install ## delete what an e-mail address left, at a family's request   (EMAIL=pat@example.org)
	@$(PY) -m assistant.owner.forget "$(EMAIL)"

rotate-secret: install ## bring a new secret into use; the old one still counts   (ENDED=yes a month later)
	@$(PY) -m assistant.owner.rotate "$(ENDED)"

switch: install ## switch an answer off or on, on a running server too   (id=ask_placement/i_say_no to=off)
	@$(PY) -m assistant.knowledge.switch "$(id)" "$(to)"

content-report: install ## all answers in one table, and a map of what is known of each state   (DATA=var)
	@$(PY) -m assistant.knowledge.report "$(DATA)"

unanswered: install ## what was not answered, and the step that ends each row   (ARGS="wording 7 ask_placement/who_decides")
	@$(PY) -m assistant.unanswered $(ARGS)

feedback: install ## thumbs and reasons by answer, worst first   (ARGS="--since 2026-11-01 --csv thumbs.csv")
	@$(PY) -m assistant.owner.feedback $(ARGS)

bookings: install ## list, export, cancel calls   (ARGS="export --csv calls.csv")
	@$(PY) -m assistant.booking $(ARGS)

encoder: ## a maintainer's: learn further changes of the encoder from data/nlu/ (an hour, needs torch)
	@setup/encoder.sh

talk-weights: install-dev ## a maintainer's: learn how the readings of a later message count, from training/talks (some minutes)
	@$(PY) -m training.fit_talks

second-look: install-dev ## a maintainer's: learn what counts at the second look at the likeliest points, from training/talks (some minutes)
	@$(PY) -m training.fit_second_look

widget: ## build widget/dist/widget.js (needs Node 20)
	@cd widget && npm ci --silent && npm run --silent check && npm test --silent && npm run --silent build

lock: install-dev ## write the locked requirements from pyproject.toml
	@setup/lock.sh

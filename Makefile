# 护薪：常用命令。没有 make 时直接用 ./run 和 ./test。
.DEFAULT_GOAL := help
.PHONY: help run prepare test bench format messages vendor lock clean

PYTHON := .venv/bin/python
UV := $(shell command -v uv 2>/dev/null || echo .venv/bin/uv)
LOCK := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11

help: ## 列出全部命令
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## 准备并启动网站，http://127.0.0.1:8000（PORT=8001 改端口）；Ctrl-C 结束
	@./run

prepare: ## 只准备（依赖、数据库、静态文件、基础数据），不启动
	@./run --prepare

test: ## 全部检查：规范、类型、迁移、译文、SQLite 与 PostgreSQL 上的测试、浏览器测试
	@./test

bench: ## 量速度：首次启动；一万、十万件案件上的各页面、登记、PDF（CASES=1000000 另选件数）
	$(PYTHON) -m benchmarks.start
	$(PYTHON) -m benchmarks.load $(if $(CASES),10000 $(CASES))

format: ## 排版并修正能自动修正的写法
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

messages: ## 更新英文译文目录并编译
	$(PYTHON) -m tools.catalogues update

vendor: ## 重新取得浏览器库和字体（开发者用，需要 npm 和 Debian 12）
	$(PYTHON) -m tools.vendor

lock: ## 按 pyproject.toml 重新锁定依赖
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) --extra dev --constraint requirements.lock pyproject.toml -o requirements-dev.lock
	$(LOCK) --group pyproject.toml:installer -o requirements-installer.lock
	@! grep -n '://' requirements*.lock

clean: ## 删除工具的缓存；不动 .env、.venv 和 var
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results

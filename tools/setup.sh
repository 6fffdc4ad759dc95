# Sourced by ./run and ./test from the project folder: finds Python, installs what is missing.
# Needs only a POSIX shell. Sets $PYTHON to the interpreter of the virtual environment.

PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" # ldconfig is there, and not on everybody's path
STAMPS=.venv/.installed
PYTHON=.venv/bin/python

say() { printf '%s\n' "$*"; }

fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# A Python is found by running it: a name on the path may be an empty shim.
python_suits() {
    "$1" -c 'import sys, venv, sqlite3, ssl, ctypes; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' \
        >/dev/null 2>&1
}

# Prints the first suitable Python that can make a virtual environment.
find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if python_suits "$candidate" && "$candidate" -c 'import ensurepip' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

has_library() { ldconfig -p 2>/dev/null | grep -q "$1"; }

# Prints the Debian packages that ./run needs and this machine lacks.
missing_for_run() {
    python_suits "$PYTHON" || find_python >/dev/null || printf 'python3 python3-venv '
    has_library 'libpango-1\.0\.so\.0' || printf 'libpango-1.0-0 '
    has_library 'libpangoft2-1\.0\.so\.0' || printf 'libpangoft2-1.0-0 '
    has_library 'libharfbuzz-subset\.so\.0' || printf 'libharfbuzz-subset0 '
}

# Installs the Debian packages named, or says who has to install them how.
install_packages() {
    [ $# -gt 0 ] || return 0
    command="apt-get update && apt-get install -y --no-install-recommends $*"
    command -v apt-get >/dev/null 2>&1 ||
        fail "这台机器缺少系统软件，又没有 apt-get。请用本机的软件管理工具装上与这些 Debian 软件包相当的软件，再重新运行：$*"
    [ "$(id -u)" -eq 0 ] || fail "缺少系统软件：$*
请由管理员执行下面这条命令，然后重新运行：

    sudo sh -c '$command'"

    say "正在安装系统软件：$*"
    log=$(mktemp)
    if ! {
        apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Languages=none update &&
            DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
                install -y --no-install-recommends "$@"
    } >"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        fail "系统软件没有装上，原因见上面 apt-get 的输出。请检查网络和软件源后重新运行。"
    fi
    rm -f "$log"
}

# The virtual environment exists and its Python suits.
make_environment() {
    python_suits "$PYTHON" && return 0
    python=$(find_python) || fail "没有找到可用的 Python。需要 3.11 至 3.14，并带有 venv。"
    say "正在建立 Python 环境（$("$python" -c 'import platform; print(platform.python_version())')）"
    rm -rf .venv
    "$python" -m venv .venv || fail "没能建立 .venv，原因见上面的输出。"
}

# Prints a uv that runs: the one of the machine, else one put into the virtual environment. Fails without.
find_uv() {
    for candidate in uv .venv/bin/uv; do
        if "$candidate" --version >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r requirements-installer.lock >/dev/null 2>&1 || return 1
    .venv/bin/uv --version >/dev/null 2>&1 && printf '.venv/bin/uv\n'
}

# A mirror that pip is set up with counts for uv as well.
uv_install() {
    export UV_SYSTEM_CERTS=true # the certificates of the machine, as pip on Debian has them
    if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
        mirror=${PIP_INDEX_URL:-$("$PYTHON" -m pip config get global.index-url 2>/dev/null || true)}
        [ -z "$mirror" ] || export UV_DEFAULT_INDEX="$mirror"
    fi
    "$1" pip install --quiet --compile-bytecode --python "$PYTHON" --require-hashes -r "$2" </dev/null
}

# Every package of the lock file $1 is installed in exactly its version. Quick when nothing changed.
install_lock() {
    stamp="$STAMPS.$1"
    state=$("$PYTHON" -c 'import sys; print(sys.version)' && cksum "$1")
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$state" ]; then
        return 0
    fi
    say "正在安装 Python 组件（$1）"
    uv=$(find_uv) || uv=
    if [ -z "$uv" ] || ! uv_install "$uv" "$1"; then
        [ -z "$uv" ] || say "uv 没有装成，改用 pip 再装一次"
        "$PYTHON" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1" </dev/null ||
            fail "Python 组件没有装上，原因见上面的输出。请检查网络后重新运行。"
    fi
    printf '%s\n' "$state" >"$stamp"
}

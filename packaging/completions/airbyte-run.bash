# shellcheck shell=bash
# Completions of bash for airbyte-run.
_airbyte_run() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options
    COMPREPLY=()
    case $before in
        --config | --catalog | --state | --into)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --source)
            mapfile -t COMPREPLY < <(compgen -c -- "$word")
            return
            ;;
        --streams | --commit-every) return ;;
    esac
    case ${COMP_WORDS[1]} in
        spec) options="--source" ;;
        check) options="--source --config --save-config" ;;
        discover) options="--source --config --raw --json --table --save-config" ;;
        read) options="--source --config --streams --state --catalog --full-refresh --save-config" ;;
        sync) options="--source --config --into --streams --catalog --full-refresh --commit-every --same-source --save-config" ;;
    esac
    if [ "$COMP_CWORD" = 1 ]; then
        options="spec check discover read sync --version --help"
    else
        options+=" --verbose --help"
    fi
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
}
complete -F _airbyte_run airbyte-run

# shellcheck shell=bash
# Completions of bash for airbyte-run: what `airbyte-run completion bash` prints.
_airbyte_run() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options='' files=''
    COMPREPLY=()
    case $before in
        --config | -c | --into | --destination-config | --state | --catalog | --bad-config | --junit)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --source | -s | --destination)
            mapfile -t COMPREPLY < <(compgen -c -- "$word")
            return
            ;;
        --streams | --commit-every | --retries | --without | --silence) return ;;
    esac
    case ${COMP_WORDS[1]} in
        spec) options="--source --config --verbose --help" files=yes ;;
        check) options="--source --config --save-config --verbose --help" files=yes ;;
        discover) options="--source --config --raw --json --table --save-config --verbose --help" files=yes ;;
        read) options="--source --config --streams --state --catalog --full-refresh --retries --save-config --verbose --help" files=yes ;;
        sync) options="--source --config --into --destination --destination-config --state --streams --catalog --full-refresh --commit-every --retries --same-source --same-destination --json --save-config --verbose --help" files=yes ;;
        verify) options="--source --config --bad-config --without --streams --state --json --junit --silence --verbose --help" files=yes ;;
        init) options="--source --config --into --verbose --help" files=yes ;;
        state) options="show reset --into --state --json --help" files=yes ;;
        completion) options="bash zsh --help" ;;
        man) options="--help" ;;
        help) options="spec check discover read sync verify init state completion man --help" ;;
    esac
    if [ "$COMP_CWORD" = 1 ]; then
        options="spec check discover read sync verify init state completion man help --version --help"
    fi
    mapfile -t COMPREPLY < <(
        compgen -W "$options" -- "$word"
        # A connection file.
        [ -z "$files" ] || compgen -f -X '!*.json' -- "$word"
    )
}
complete -F _airbyte_run airbyte-run

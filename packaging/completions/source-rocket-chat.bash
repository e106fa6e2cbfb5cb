# shellcheck shell=bash
# Completions of bash for source-rocket-chat.
_source_rocket_chat() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options
    COMPREPLY=()
    case $before in
        --config | --catalog | --state)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
    esac
    case ${COMP_WORDS[1]} in
        spec) options="--debug" ;;
        check | discover) options="--config --debug" ;;
        read) options="--config --catalog --state --debug" ;;
        *) options="spec check discover read --version --help" ;;
    esac
    [ "$COMP_CWORD" -gt 1 ] || options="spec check discover read --version --help"
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
}
complete -F _source_rocket_chat source-rocket-chat

namespace Donmai.Cli.Completion;

/// <summary>
/// The scripts. Each hands the line up to the cursor to <c>donmai [suggest]</c>, which answers one suggestion a line: the word, a tab, what it
/// means. Where there is none the shell offers files.
/// </summary>
internal static class CompletionScript
{
    public const string Bash =
        """
        # bash completion for donmai: source <(donmai completion bash)
        _donmai() {
            local line=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]} word
            COMPREPLY=()
            while IFS=$'\t' read -r word _; do
                [[ $word == "$current"* ]] && COMPREPLY+=("$word")
            done < <("${COMP_WORDS[0]/#\~/$HOME}" '[suggest]' "donmai ${line#*"${COMP_WORDS[0]}"}" 2>/dev/null)
        }
        complete -o bashdefault -o default -F _donmai donmai

        """;

    public const string Zsh =
        """
        #compdef donmai
        # zsh completion for donmai: source <(donmai completion zsh), after compinit
        _donmai() {
            local answer word meaning
            local -a suggestions
            answer=$("${(Q)words[1]/#\~/$HOME}" '[suggest]' "donmai ${(j: :)words[2,CURRENT]}" 2>/dev/null)
            while IFS=$'\t' read -r word meaning; do
                [[ -n $word ]] && suggestions+=("${word//:/\\:}:$meaning")
            done <<< "$answer"
            if (( $#suggestions )); then
                _describe donmai suggestions
            else
                _files
            fi
        }
        if [[ ${funcstack[1]} == _donmai ]]; then _donmai "$@"; else compdef _donmai donmai; fi

        """;

    public const string Fish =
        """
        # fish completion for donmai: donmai completion fish > ~/.config/fish/completions/donmai.fish
        function __donmai_complete
            set -l before (commandline -cp)
            set -l name (commandline -opc)[1]
            set -l answer ($name '[suggest]' (string replace -r '^\s*\S+' donmai -- $before) 2>/dev/null)
            if test (count $answer) -gt 0
                string join \n -- $answer
            else
                __fish_complete_path (commandline -ct)
            end
        end
        complete -c donmai -f -a '(__donmai_complete)'

        """;
}

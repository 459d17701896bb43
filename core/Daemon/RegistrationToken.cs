using System.Text;

namespace Donmai.Core.Daemon;

/// <summary>Resolves <c>orchestrator.authToken</c> (daemon-runtime.md §2.5).</summary>
internal static class RegistrationToken
{
    /// <summary>Name of the variable that replaces the file's token, without its prefix.</summary>
    public const string Variable = "DAEMON_TOKEN";

    private const string Opening = "${";

    /// <summary>How a token begins that an orchestrator accepts (platform-api.md §2).</summary>
    public static IReadOnlyList<string> Prefixes { get; } = ["rsp_live_", "rsk_live_"];

    /// <summary>Whether a token has an accepted prefix, exactly as it is written.</summary>
    public static bool IsAccepted(string token) => Prefixes.Any(prefix => token.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The token in force: the environment's, else the file's with its references resolved.</summary>
    /// <param name="written">The value as it is in the file.</param>
    /// <param name="variables">The environment.</param>
    /// <returns>The token; <see langword="null"/> when there is none.</returns>
    public static string? Resolve(string? written, DaemonVariables variables)
    {
        var token = variables.Own(Variable) ?? Substitute(written ?? "", variables);
        return token.Length == 0 ? null : token;
    }

    /// <summary>Replaces every <c>${NAME}</c> whose variable is set, even to nothing; the others stay as they are.</summary>
    private static string Substitute(string text, DaemonVariables variables)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        while (text.IndexOf(Opening, position, StringComparison.Ordinal) is >= 0 and var opening)
        {
            var name = opening + Opening.Length;
            var closing = text.IndexOf('}', name);
            if (closing < 0)
                break;
            var end = closing + 1;
            result.Append(text, position, opening - position);
            result.Append((closing > name ? variables.Any(text[name..closing]) : null) ?? text[opening..end]);
            position = end;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}

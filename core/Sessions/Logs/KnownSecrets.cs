using System.Collections;
using Donmai.Core.Daemon;

namespace Donmai.Core.Sessions.Logs;

/// <summary>The secrets of this daemon: its tokens and the sensitive variables of its environment.</summary>
/// <param name="state">Where the control token is.</param>
/// <param name="configuration">The registration token in force.</param>
public sealed class KnownSecrets(StateDirectory state, IDaemonConfiguration configuration)
{
    private readonly List<KeyValuePair<string, string>> _own =
    [
        .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(static entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""))
            .Where(static variable => SecretRedactor.LooksSensitive(variable.Key)),
    ];

    /// <summary>What hides them, and the secrets among a worker's variables: by their names, or because a project names them for git.</summary>
    /// <param name="environment">The worker's environment.</param>
    public SecretRedactor And(IEnumerable<KeyValuePair<string, string>> environment)
    {
        var redactor = new SecretRedactor();
        redactor.AddFrom(_own);
        var variables = environment.ToList();
        redactor.AddFrom(variables);
        var tokens = configuration.Current.Projects.Select(static project => project.Checkout.Git?.TokenVariable).OfType<string>().ToHashSet(StringComparer.Ordinal);
        redactor.Add(variables.Where(variable => tokens.Contains(variable.Key)).Select(static variable => variable.Value));
        redactor.Add(configuration.Current.AuthToken, ControlToken());
        return redactor;
    }

    private string? ControlToken()
    {
        try
        {
            return File.ReadAllText(state.ControlToken).Trim();
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using System.Text.RegularExpressions;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Providers;

/// <summary>Asks a program for its version, which also shows whether it can be started at all.</summary>
public static partial class ProgramVersion
{
    private const int LongestShown = 80;
    private static readonly string[] Question = ["--version"];

    /// <summary>Asks <c>--version</c>.</summary>
    /// <param name="program">Absolute path.</param>
    /// <param name="environment">Its complete environment.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="cancellationToken">Gives the question up.</param>
    public static async Task<ProviderFinding> Ask(
        string program, IReadOnlyDictionary<string, string> environment, TimeProvider clock, CancellationToken cancellationToken) =>
        From(program, await new ProgramQuestion(clock).Ask(program, Question, environment, cancellationToken));

    /// <summary>What an answer to <c>--version</c> says about a program.</summary>
    public static ProviderFinding From(string program, ProgramAnswer answer)
    {
        if (answer.Refusal is { } refusal)
            return new ProviderFinding(ProviderHealth.Unhealthy, Detail: $"{refusal} Install it anew.");
        if (answer.WasSilent)
            return new ProviderFinding(
                ProviderHealth.Degraded,
                Detail: $"'{program} --version' did not end within {ProgramQuestion.UsualBound.TotalSeconds} seconds; it is used nevertheless, run it by hand to see why");
        if (!answer.Succeeded)
            return new ProviderFinding(ProviderHealth.Unhealthy, Detail: $"'{program} --version' failed with {answer.Exit}; run it by hand to see why, or install it anew");
        return Numbers().Match(answer.Output) is { Success: true } version
            ? new ProviderFinding(ProviderHealth.Ready, version.Value)
            : new ProviderFinding(ProviderHealth.Degraded, Detail: $"'{program} --version' named no version but \"{Shown(answer.Output)}\"; it is used nevertheless");
    }

    private static string Shown(string output)
    {
        var line = output.ReplaceLineEndings("\n").Split('\n')[0];
        var plain = new string([.. line.Take(LongestShown).Where(static character => !char.IsControl(character))]).Trim();
        return line.Length > LongestShown ? plain + "…" : plain;
    }

    [GeneratedRegex(@"\b\d{1,9}\.\d{1,9}(?:\.\d{1,9}){0,3}(?:[-+][0-9A-Za-z.+-]{1,40})?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbers();
}

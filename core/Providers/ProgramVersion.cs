using System.Text.RegularExpressions;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Providers;

/// <summary>Asks a program for its version, which also shows whether it can be started at all.</summary>
public static partial class ProgramVersion
{
    private const int LongestShown = 80;
    private const int LongestLine = 200;
    private const char Undecodable = '\uFFFD';
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
        return IsText(FirstLine(answer.Output)) && Numbers().Match(FirstLine(answer.Output)) is { Success: true } version
            ? new ProviderFinding(ProviderHealth.Ready, version.Groups["version"].Value)
            : new ProviderFinding(ProviderHealth.Degraded, Detail: $"'{program} --version' named no version but \"{Shown(answer.Output)}\"; it is used nevertheless");
    }

    private static string FirstLine(string output) => output.TrimStart().ReplaceLineEndings("\n").Split('\n')[0];

    // What is no text may hold figures that look like a version.
    private static bool IsText(string line) =>
        line.Length <= LongestLine && !line.Any(static character => character == Undecodable || (char.IsControl(character) && character != '\t'));

    private static string Shown(string output)
    {
        var line = FirstLine(output);
        var plain = new string([.. line.Take(LongestShown).Where(static character => !char.IsControl(character))]).Trim();
        return line.Length > LongestShown ? plain + "…" : plain;
    }

    [GeneratedRegex(@"(?<![\w.])v?(?<version>\d{1,9}\.\d{1,9}(?:\.\d{1,9}){0,3}(?:[-+][0-9A-Za-z.+-]{1,40})?)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbers();
}

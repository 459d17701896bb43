using System.Globalization;

namespace Donmai.Core.Daemon.Setup;

/// <summary>
/// Questions to a person (daemon-runtime.md §4.3): an empty line and the end of the input mean the default; an answer that cannot be used is
/// asked for again.
/// </summary>
/// <param name="input">Answers.</param>
/// <param name="output">Questions.</param>
public sealed class SetupPrompts(TextReader input, TextWriter output)
{
    /// <summary>Says something.</summary>
    public void Say(string line) => output.WriteLine(line);

    /// <summary>Asks for a text.</summary>
    /// <param name="label">What is asked for.</param>
    /// <param name="usual">The default; shown unless empty.</param>
    /// <param name="wrong">What is wrong with an answer; <see langword="null"/> when nothing is.</param>
    /// <exception cref="IOException">The input cannot be read.</exception>
    public string Text(string label, string usual, Func<string, string?>? wrong = null)
    {
        while (true)
        {
            Ask(usual.Length == 0 ? $"{label}: " : $"{label} [{usual}]: ");
            if (input.ReadLine()?.Trim() is not { Length: > 0 } answer)
                return usual;
            if (wrong?.Invoke(answer) is not { } complaint)
                return answer;
            Say($"  {complaint}");
        }
    }

    /// <summary>Asks for a whole number.</summary>
    /// <exception cref="IOException">The input cannot be read.</exception>
    public int Whole(string label, int usual, int minimum, int maximum)
    {
        var answer = Text(label, Digits(usual), text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
                ? null
                : $"Please write a whole number from {Digits(minimum)} to {Digits(maximum)}.");
        return int.Parse(answer, CultureInfo.InvariantCulture);
    }

    /// <summary>Asks for one of a few words.</summary>
    /// <exception cref="IOException">The input cannot be read.</exception>
    public string OneOf(string label, string usual, params string[] words) =>
        Text($"{label} ({string.Join(", ", words)})", usual, text => words.Contains(text, StringComparer.Ordinal) ? null : $"Please write one of {string.Join(", ", words)}.");

    /// <summary>Asks for yes or no; an input that cannot be read is the default.</summary>
    public bool YesNo(string label, bool usual)
    {
        Ask($"{label} {(usual ? "[Y/n]" : "[y/N]")}: ");
        try
        {
            return input.ReadLine()?.Trim() is { Length: > 0 } answer ? answer[0] is 'y' or 'Y' : usual;
        }
        catch (IOException)
        {
            return usual;
        }
    }

    /// <summary>Asks whether to go on.</summary>
    /// <exception cref="SetupCancelledException">No.</exception>
    public void Continue()
    {
        if (!YesNo("Continue?", usual: true))
            throw new SetupCancelledException();
        Say("");
    }

    private void Ask(string question)
    {
        output.Write("  " + question);
        output.Flush();
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}

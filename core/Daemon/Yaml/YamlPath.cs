using System.Globalization;
using System.Text.RegularExpressions;

namespace Donmai.Core.Daemon.Yaml;

/// <summary>The way to a value: keys, and places in lists (<c>projects[2].git.sshKey</c>).</summary>
/// <param name="Steps">A key, or the zero-based place in a list as an <see cref="int"/>.</param>
internal sealed partial record YamlPath(IReadOnlyList<object> Steps)
{
    /// <summary>Reads a path.</summary>
    /// <exception cref="ConfigurationEditException">It is none.</exception>
    public static YamlPath Parse(string text)
    {
        var steps = new List<object>();
        foreach (var part in text.Split('.'))
        {
            if (!Part().IsMatch(part))
                throw new ConfigurationEditException($"\"{text}\" is not the path of a key; write one such as capacity.maxConcurrentSessions or projects[0].repository");
            var bracket = part.IndexOf('[');
            steps.Add(bracket < 0 ? part : part[..bracket]);
            if (bracket >= 0)
                steps.AddRange(part[(bracket + 1)..^1].Split("][").Select(static place => (object)int.Parse(place, CultureInfo.InvariantCulture)));
        }

        return new YamlPath(steps);
    }

    /// <summary>The first <paramref name="count"/> steps, as text.</summary>
    public string Text(int count) =>
        string.Concat(Steps.Take(count).Select(static (step, place) => step is int index
            ? string.Create(CultureInfo.InvariantCulture, $"[{index}]")
            : place == 0 ? (string)step : $".{step}"));

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,100}(\[[0-9]{1,6}\])*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}

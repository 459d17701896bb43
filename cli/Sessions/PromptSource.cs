namespace Donmai.Cli.Sessions;

/// <summary>Where a prompt comes from: the command line, a file, or standard input.</summary>
internal static class PromptSource
{
    /// <summary>Name of standard input in place of a file.</summary>
    public const string StandardInput = "-";

    /// <summary>Reads the prompt.</summary>
    /// <param name="text"><c>--prompt</c>.</param>
    /// <param name="file"><c>--prompt-file</c>.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CommandFailureException">There is none, there are two, or it cannot be read.</exception>
    public static async Task<string> Read(string? text, string? file, TextReader input, CancellationToken cancellationToken)
    {
        var prompt = (text, file) switch
        {
            (not null, not null) => throw NotUsable("--prompt and --prompt-file exclude each other; give one of them."),
            (null, null) => throw NotUsable("There is no prompt; say what to do with --prompt \"…\", or --prompt-file FILE (- for standard input)."),
            (not null, _) => text,
            (_, StandardInput) => await input.ReadToEndAsync(cancellationToken),
            _ => await ReadFile(file, cancellationToken),
        };
        return string.IsNullOrWhiteSpace(prompt) ? throw NotUsable("The prompt is empty; say what to do.") : prompt;
    }

    private static async Task<string> ReadFile(string file, CancellationToken cancellationToken)
    {
        if (Directory.Exists(file))
            throw NotUsable($"The prompt cannot be read: {file} is a directory.");
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw NotUsable($"The prompt cannot be read: {problem.Message}");
        }
    }

    private static CommandFailureException NotUsable(string sentence) => new(sentence, ExitCode.NotStarted);
}

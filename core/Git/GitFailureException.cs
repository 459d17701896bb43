namespace Donmai.Core.Git;

/// <summary>A git call failed.</summary>
public sealed class GitFailureException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="failure">Its class.</param>
    /// <param name="message">What was tried and what git said; free of credentials.</param>
    public GitFailureException(GitFailureClass failure, string message)
        : base(message) => Failure = failure;

    /// <summary>Class of the failure.</summary>
    public GitFailureClass Failure { get; }
}

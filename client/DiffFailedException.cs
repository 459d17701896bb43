namespace Donmai.Client;

/// <summary>The daemon began to tell a difference and could not end it (workareas.md §6.5). Ask again.</summary>
public sealed class DiffFailedException : DonmaiClientException
{
    internal DiffFailedException(string problem)
        : base($"The daemon could not end the difference ({problem}). What has been read of it is not all.")
    {
    }
}

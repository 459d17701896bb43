namespace Donmai.Worker.Providers.Opencode;

/// <summary>What becomes of a use of a tool that the configuration says nothing about.</summary>
internal enum OpencodeApproval
{
    /// <summary>Nobody answers: it is refused.</summary>
    None,

    /// <summary>The program approves of it by itself.</summary>
    Automatic,

    /// <summary>The session is asked and answers by its policy.</summary>
    Asked,
}

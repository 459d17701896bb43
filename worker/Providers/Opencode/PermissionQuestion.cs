namespace Donmai.Worker.Providers.Opencode;

/// <summary>A question for permission that a server asks.</summary>
/// <param name="Session">The session, or one of a sub-agent of it.</param>
/// <param name="Id">Id of the question.</param>
/// <param name="Subject">What is to be done, in words.</param>
internal sealed record PermissionQuestion(string Session, string Id, string Subject);

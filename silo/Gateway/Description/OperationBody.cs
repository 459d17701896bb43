namespace Donmai.Silo.Gateway.Description;

/// <summary>What a request carries.</summary>
/// <param name="Type">The record it is read as.</param>
/// <param name="Example">An example in JSON.</param>
/// <param name="Required">Keys that must be there; none means that the body itself may be absent.</param>
internal sealed record OperationBody(Type Type, string Example, params string[] Required);

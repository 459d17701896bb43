namespace System.Runtime.CompilerServices;

/// <summary>Lets this framework compile records.</summary>
internal static class IsExternalInit;

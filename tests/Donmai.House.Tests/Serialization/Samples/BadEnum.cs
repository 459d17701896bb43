namespace Donmai.House.Tests.Serialization.Samples;

public enum BadEnum
{
    Only,
}

namespace AeVae.Acceptance.Storage;

/// <summary>How hard the storage tests press: a little in <c>dotnet test</c>, in earnest by <c>stress-storage.sh</c>.</summary>
internal static class StressSize
{
    public static bool IsEarnest { get; } = Environment.GetEnvironmentVariable("AEVAE_STRESS") == "1";

    public static int Writers => IsEarnest ? 8 : 4;

    public static int Epochs => IsEarnest ? 200 : 20;

    public static int Readers => IsEarnest ? 3 : 1;
}

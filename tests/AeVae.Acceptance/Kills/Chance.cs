using System.Security.Cryptography;

namespace AeVae.Acceptance.Kills;

/// <summary>Draws that need no seed: no instant of a process can be repeated.</summary>
internal static class Chance
{
    public static bool OneIn(int number) => Below(number) == 0;

    public static int Below(int number) => RandomNumberGenerator.GetInt32(number);

    /// <summary>0 … 1.</summary>
    public static double Fraction() => Below(1_000_000) / 1e6;
}

namespace AeVae.Data.Idx;

/// <summary>The contents of an IDX file of unsigned bytes.</summary>
/// <param name="Values">Elements, the last dimension running fastest.</param>
/// <param name="Dimensions">Length along each dimension; the first is the number of items.</param>
/// <param name="File">The file they were read from.</param>
sealed record IdxArray(byte[] Values, int[] Dimensions, DataFile File);

package it;

/** A service that ships with its adapter. */
public class Service {}
